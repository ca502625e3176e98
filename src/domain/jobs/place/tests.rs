use std::collections::BTreeSet;

use super::*;
use crate::domain::parse::folded;

#[test]
fn taiwan_has_22_cities_and_368_districts_with_keys_and_postal_codes_of_their_own() {
    assert_eq!(cities().len(), 22);
    let keys: BTreeSet<String> = districts().map(District::key).collect();
    assert_eq!((districts().count(), keys.len()), (368, 368));
    let codes: BTreeSet<_> = districts().map(|district| district.postal_code).collect();
    assert!(codes.iter().all(|code| code.len() == 3 && code.bytes().all(|b| b.is_ascii_digit())));
    // 新竹市 has three districts with one code, 嘉義市 two.
    assert_eq!(codes.len(), 368 - 2 - 1);
}

#[test]
fn names_are_folded_and_end_with_their_kind_in_both_languages() {
    for city in cities() {
        let kind = if city.name.ends_with('市') { " City" } else { " County" };
        assert!(city.name_en.ends_with(kind), "{city:?}");
        assert_eq!(folded(city.name), city.name);
    }
    for district in districts() {
        let kind = match district.name.chars().last() {
            Some('區') => " District",
            Some('鄉' | '鎮') => " Township",
            Some('市') => " City",
            _ => panic!("{district:?}"),
        };
        let stem = district.name_en.strip_suffix(kind).unwrap_or_default();
        let is_letter = |c: char| c.is_ascii_alphabetic() || matches!(c, '\'' | ' ');
        assert!(!stem.is_empty() && stem.chars().all(is_letter), "{district:?}");
        assert_eq!(folded(district.name), district.name);
    }
}

#[test]
fn a_district_is_found_by_its_key_and_knows_its_city() {
    for city in cities() {
        for district in &city.districts {
            assert_eq!(district_by_key(&district.key()), Some(district));
            assert_eq!(super::city(district.city), Some(city));
            assert_eq!(super::city(district.city_en), Some(city));
        }
    }
    assert_eq!(district_by_key("台北市"), None);
}

#[test]
fn a_city_is_known_with_and_without_its_kind_in_both_languages() {
    for city in cities() {
        let short = city.name.trim_end_matches(['市', '縣']);
        let (short_en, _) = city.name_en.rsplit_once(' ').unwrap();
        for full in [city.name, city.name_en] {
            assert_eq!(super::city(full), Some(city), "{full}");
        }
        for short in [short, short_en] {
            let expected =
                (!matches!(short, "新竹" | "嘉義" | "Hsinchu" | "Chiayi")).then_some(city);
            assert_eq!(super::city(short), expected, "{short}");
        }
    }
}

#[test]
fn a_city_is_known_whatever_its_letters_look_like() {
    for text in
        ["臺北", "臺北市", " 台 北 市\u{3000}", "TAIPEI", "Ｔａｉｐｅｉ　Ｃｉｔｙ", "taipei-city"]
    {
        assert_eq!(city_key(text), "台北市", "{text}");
    }
    for text in ["new taipei", "New-Taipei City", "NewTaipei", "NEW  TAIPEI", "新北"] {
        assert_eq!(city_key(text), "新北市", "{text}");
    }
    assert_eq!(city_key("臺東"), "台東縣");
}

#[test]
fn a_county_that_merged_is_the_city_it_became() {
    for (old, now) in [
        ("臺北縣", "新北市"),
        ("Taipei County", "新北市"),
        ("桃園縣", "桃園市"),
        ("臺中縣", "台中市"),
        ("Tainan County", "台南市"),
        ("高雄縣", "高雄市"),
    ] {
        assert_eq!(city_key(old), now, "{old}");
    }
}

#[test]
fn a_name_of_a_city_and_a_county_alone_is_neither_but_filters_both() {
    assert_eq!((city("新竹"), city("Chiayi")), (None, None));
    assert_eq!(city_key(" 新竹 "), "新竹");
    assert_eq!(city_keys("新竹"), ["新竹市", "新竹縣", "新竹"]);
    assert_eq!(city_keys("Chia-Yi"), ["嘉義市", "嘉義縣", "chia-yi"]);
    assert_eq!(city_keys("新竹縣"), ["新竹縣"]);
    assert_eq!(city_keys("臺北"), ["台北市"]);
}

#[test]
fn what_is_no_city_keeps_its_own_folded_spelling() {
    for (text, key) in [("Tokyo", "tokyo"), (" 臺灣 ", "台灣"), ("台北東京", "台北東京"), ("", "")]
    {
        assert_eq!((city(text), city_key(text).as_str()), (None, key));
        assert_eq!(city_keys(text), [key]);
    }
}

#[test]
fn the_key_of_a_key_is_the_key() {
    let names = cities().iter().flat_map(|city| [city.name, city.name_en]);
    let districts = districts().flat_map(|district| [district.name, district.name_en]);
    let others = ["新竹", "Chiayi", "¨ ¨x", "\u{130}stanbul", " Ａ  b "];
    for text in names.chain(districts).chain(others) {
        for key in city_keys(text) {
            assert_eq!(city_key(&key), key, "{text:?}");
        }
    }
    for c in '\0'..='\u{3FFF}' {
        let key = city_key(c.encode_utf8(&mut [0; 4]));
        assert_eq!(city_key(&key), key, "{c:?}");
    }
}

#[test]
fn a_district_is_known_within_its_city_by_all_spellings() {
    for city in cities() {
        for it in &city.districts {
            let (short_en, _) = it.name_en.rsplit_once(' ').unwrap();
            for text in [it.name, it.name_en, short_en] {
                assert_eq!(district(city.name, text), Some(it), "{text}");
            }
        }
    }
    let (taipei, taichung) = ("台北", "Taichung City");
    for text in ["大安", "大 安區", "Da'an", "DAAN", "da’an dist.", "Daan District", "Da-an"]
    {
        assert_eq!(district(taipei, text).map(District::key).unwrap(), "台北市大安區", "{text}");
        assert_eq!(district(taichung, text).map(District::key).unwrap(), "台中市大安區", "{text}");
    }
    assert_eq!(district("雲林", "臺西").map(|it| it.name), Some("台西鄉"));
    for text in ["板橋", "東", "大安路", "台北市大安區", ""] {
        assert_eq!(district(taichung, text), None, "{text}");
    }
    assert_eq!(district(taipei, "臺北大安").map(|it| it.name), Some("大安區"));
    assert_eq!(district("新竹", "竹北市").map(District::key).unwrap(), "新竹縣竹北市");
    assert_eq!(district("", "大安區"), None, "a job has a city");
}

#[test]
fn a_district_without_a_city_means_those_of_its_name_everywhere() {
    let keys = |city, text| -> Vec<_> {
        districts_meant(city, text).into_iter().map(District::key).collect()
    };
    assert_eq!(keys(None, "大安"), ["台中市大安區", "台北市大安區"]);
    assert_eq!(keys(None, "東區").len(), 4);
    assert_eq!(keys(None, "Taichung, Da'an"), Vec::<String>::new());
    assert_eq!(keys(None, "台中大安"), ["台中市大安區"]);
    assert_eq!(keys(Some("台北"), "大安"), ["台北市大安區"]);
    assert_eq!(keys(Some("月球"), "大安"), Vec::<String>::new());
}

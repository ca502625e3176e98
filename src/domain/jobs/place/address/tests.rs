use super::*;
use crate::domain::jobs::place::districts;

fn key(city: &str, address: &str) -> Option<String> {
    district_of_address(city, address).map(District::key)
}

#[track_caller]
fn assert_district(city: &str, address: &str, expected: &str) {
    assert_eq!(key(city, address).as_deref(), Some(expected), "{city:?}, {address:?}");
}

#[track_caller]
fn assert_uncertain(city: &str, address: &str) {
    assert_eq!(key(city, address), None, "{city:?}, {address:?}");
}

#[test]
fn every_address_with_city_and_district_is_in_it() {
    for it in districts() {
        let (code, key) = (it.postal_code, it.key());
        assert_district("", &format!("{key}中正路1號"), &key);
        assert_district(it.city, &format!("{}中正路1號", it.name), &key);
        assert_district(it.city_en, &format!("{code} {}，{}中正路1號", it.city, it.name), &key);
        let english =
            format!("No. 1, Zhongzheng Rd., {}, {} {code}, Taiwan", it.name_en, it.city_en);
        assert_district("", &english, &key);
        assert_district(it.city, &format!("1 Zhongzheng Rd., {}", it.name_en), &key);
    }
}

#[test]
fn an_address_names_its_district_after_postal_code_and_city() {
    let daan = "台北市大安區";
    for address in [
        "大安區和平東路二段1號",
        "106大安區和平東路二段1號",
        "106臺北市大安區和平東路二段1號",
        "１０６４０ 台北市 大安區",
        "(106-409) 台北大安區",
        "台灣台北市大安區",
        "No. 1, Sec. 2, Heping E. Rd., Da'an Dist., Taipei City",
        "1F, No. 1, Heping E. Rd., Daan District, Taipei 10640, Taiwan (R.O.C.)",
    ] {
        assert_district("Taipei", address, daan);
    }
    assert_district("台北縣", "台北縣板橋區文化路", "新北市板橋區");
    assert_district("台東縣", "台東市中華路", "台東縣台東市");
    assert_district("", "板橋區文化路", "新北市板橋區");
    assert_district("台南市", "安南區安南區公所", "台南市安南區");
    assert_district("嘉義", "東區民權路", "嘉義市東區");
    // 東區 is no district of this city.
    assert_district("台北市", "大安區忠孝東路四段（東區商圈）", daan);
    assert_district("", "East Dist., Hsinchu", "新竹市東區");
    assert_district("台中市", "新社區中和街", "台中市新社區");
}

#[test]
fn a_name_of_several_cities_needs_the_city() {
    for address in ["中正區", "中山區中山路", "信義區", "東區", "大安區", "Xinyi District"]
    {
        assert_uncertain("", address);
    }
    assert_district("基隆", "信義區", "基隆市信義區");
}

#[test]
fn an_address_that_contradicts_its_city_is_not_certain() {
    assert_uncertain("台中市", "台北市大安區和平東路");
    assert_uncertain("台中市", "台北大安區和平東路");
    assert_uncertain("台中市", "Heping E. Rd., Da'an Dist., Taipei City");
    assert_uncertain("台中市", "Taipei City, Da'an Dist.");
    assert_uncertain("台北市", "板橋區文化路");
    assert_uncertain("台北市", "台北市板橋區文化路");
    assert_uncertain("新竹市", "新竹縣竹北市");
    assert_uncertain("嘉義縣", "嘉義市東區");
    assert_uncertain("Tokyo", "台北市大安區");
}

#[test]
fn a_street_or_a_word_that_looks_like_a_district_is_none() {
    for address in [
        "中山路1號",
        "台北市信義路五段7號",
        "大安路一段",
        "捷運大安站",
        "台北市",
        "靠近大安區",
        "大安路靠近大安區",
        "1064大安區",
        "Da'an Rd., Taipei City",
        "Da'an, Taipei City",
        "Xinyi Dist., Da'an Dist., Taipei City",
        "大安區或信義區",
        "",
    ] {
        assert_uncertain("台北市", address);
    }
    assert_uncertain("新竹縣", "竹北市場");
    assert_uncertain("", "新社區活動中心");
    assert_uncertain("", "大安區或信義區");
    assert_uncertain("台中市", "東區域中心");
}

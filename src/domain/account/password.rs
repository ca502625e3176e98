//! Choosing passwords.

use sea_orm::{ActiveModelTrait, ActiveValue::Set, IntoActiveModel};
use unicode_normalization::UnicodeNormalization;
use zxcvbn::zxcvbn;

use crate::{
    domain::{
        Services,
        change::Change,
        mail::link,
        origin::Origin,
        parse::{password, presented_password},
        session,
        sign_in::reauthenticate::check_password,
        to_millis,
        viewer::Member,
    },
    entity::audit_event::Kind,
    error::{Error, FieldErrors, FieldProblem, Result},
    mail::NoticeKind,
};

/// Passwords that can be guessed in fewer attempts, by zxcvbn's estimate, are refused: within the
/// limits of `login::guess`, a million attempts take more than a year. Just above it is the weakest
/// sample of the documented API, `securePassword123` (4 million guesses); far below are `password`
/// (3), `password123` (600) and `findhelper2025` (15,000).
const GUESSES: u64 = 1_000_000;

/// Characters of a password that are estimated: further ones only make it stronger, and the time of
/// the estimate grows with the square of the length.
const LOOKED_AT: usize = 40;

/// Words that are easy to guess here.
const OURS: [&str; 6] = ["findhelper", "find-helper", "helper", "找幫手", "幫手", "gig"];

/// Sets a new password; all other sessions and all mailed links end, API keys stay.
pub async fn change_password(
    services: &Services,
    member: &Member,
    origin: &Origin,
    current: &str,
    new: &str,
) -> Result<()> {
    let mut errors = FieldErrors::default();
    let current = errors.check("currentPassword", presented_password(current));
    let new = errors.check("newPassword", password(new));
    let (Some(current), Some(new)) = (current, new) else { return Err(errors.into()) };
    let user = check_password(services, member, current, origin).await?;
    let hash = choose(services, origin, "newPassword", &new, &[&user.name, &user.email]).await?;
    let (change, user) = Change::of_proven(services, member, origin, &user).await?;
    let mut model = user.into_active_model();
    model.password_hash = Set(hash);
    model.wrong_codes = Set(0);
    model.updated_at = Set(to_millis(change.now()));
    let user = model.update(&change).await?;
    session::revoke_others(&change, user.id, Some(member.session_id)).await?;
    link::end(&change, user.id, link::ACCOUNT_CONTROL_PURPOSES).await?;
    change.record(Kind::PasswordChanged, Some(user.id), None).await?;
    change.notify(&user, NoticeKind::PasswordChanged).await?;
    change.commit().await
}

/// Hashes a password that `input::password` accepted, unless it is too easy to guess, also from
/// `about`: name and address. `path` is its input field.
pub(in crate::domain) async fn choose(
    services: &Services,
    origin: &Origin,
    path: &str,
    password: &str,
    about: &[&str],
) -> Result<String> {
    let chosen: String = password.nfkc().take(LOOKED_AT).collect();
    let words = words(about);
    // CPU-bound like a hash, so it waits for its turn like one.
    if services.passwords.in_turn(origin.ip(), move || is_common(&chosen, &words)).await? {
        return Err(Error::field(path, FieldProblem::CommonPassword));
    }
    services.passwords.hash(origin.ip(), password).await
}

fn is_common(password: &str, words: &[String]) -> bool {
    let words: Vec<&str> = OURS.into_iter().chain(words.iter().map(String::as_str)).collect();
    zxcvbn(password, &words).guesses() < GUESSES
}

/// The texts themselves, and the words in them.
fn words(texts: &[&str]) -> Vec<String> {
    let parts = |text: &str| {
        let parts = text.split(|c: char| !c.is_alphanumeric()).map(str::to_owned);
        parts.chain([text.to_owned()]).filter(|word| !word.is_empty()).collect::<Vec<_>>()
    };
    texts.iter().flat_map(|text| parts(&text.nfkc().collect::<String>())).collect()
}

#[cfg(test)]
mod tests {
    use super::{is_common, words};

    fn common(password: &str) -> bool {
        is_common(password, &words(&["Ann.Chang@cafe-luna.example", "張安安"]))
    }

    #[test]
    fn what_anybody_guesses_first_is_common() {
        for password in [
            "password",
            "P@ssw0rd",
            "password123",
            "12345678",
            "qwertyuiop",
            "aaaaaaaaaaaaaaaa",
            "findhelper2025",
            "FindHelper!",
            "找幫手找幫手找幫手",
            "ann.chang@cafe-luna.example",
            "chang123",
            "cafeluna",
            "張安安張安安",
        ] {
            assert!(common(password), "{password}");
        }
    }

    #[test]
    fn the_documented_sample_and_what_is_long_or_random_is_not() {
        for password in [
            "securePassword123",
            "correct horse battery",
            "38291047561029384756",
            "kx7fq2pz",
            "四個不相關的詞語",
            "🐳🧂🚲🪴🎈🧭🪁🥁",
        ] {
            assert!(!common(password), "{password}");
        }
    }
}

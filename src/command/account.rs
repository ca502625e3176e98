//! Commands for accounts and API keys.

use std::io::Read;

use crate::{
    cli::{ApiKey, User},
    domain::{
        Services,
        account::{
            registration::{self, NewUser},
            user::{self, Role},
        },
        keys::{self, NewApiKey},
        origin::Origin,
        parse::Email,
        viewer::Scope,
    },
    error::{Error, FieldProblem, Noun, Result},
};

pub(super) async fn user(services: &Services, command: User) -> Result<()> {
    let User::Create { email, name, admin, password_stdin } = command;
    let (password, made_up) = if password_stdin {
        (password_from_stdin()?, false)
    } else {
        (made_up_password(services), true)
    };
    let role = if admin { Role::Admin } else { Role::User };
    let new = NewUser { name, email, password: password.clone(), phone: None, language: None };
    let user = registration::create_confirmed(services, new, role).await?;
    let mut text = format!("user_{}  {}\n", user.id, user.email);
    if made_up {
        text = format!("{text}password  {password}\n");
    }
    super::print(&text)
}

pub(super) async fn api_key(services: &Services, command: ApiKey) -> Result<()> {
    let ApiKey::Create { email, name, scopes, expires_in_days, trusted_documents_only, networks } =
        command;
    let email = Email::parse(&email).map_err(|problem| Error::field("email", problem))?;
    let user = user::by_email(services, &email).await?.ok_or(Error::NotFound(Noun::User))?;
    let scopes = scopes.iter().map(|name| scope(name)).collect::<Result<_>>()?;
    let expires_in_days = Some(expires_in_days);
    let new = NewApiKey { name, scopes, expires_in_days, trusted_documents_only, networks };
    let nobody = Origin::default();
    let (key, secret) = keys::create_for(services, &nobody, user.id, new).await?;
    super::print(&format!(
        "X-API-Key: {}\nX-API-Secret: {}\n(the secret is shown this once)\n",
        key.public_id,
        secret.reveal()
    ))
}

fn scope(name: &str) -> Result<Scope> {
    let allowed = || Scope::ALL.iter().map(|scope| scope.name().to_owned()).collect();
    Scope::named(name)
        .ok_or_else(|| Error::field("scopes", FieldProblem::NotOneOf { allowed: allowed() }))
}

fn password_from_stdin() -> Result<String> {
    let mut text = String::new();
    std::io::stdin().read_to_string(&mut text).map_err(Error::internal)?;
    Ok(text.trim_end_matches(['\r', '\n']).to_owned())
}

fn made_up_password(services: &Services) -> String {
    use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
    URL_SAFE_NO_PAD.encode(services.random.bytes::<18>())
}

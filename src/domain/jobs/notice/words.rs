//! What mails of notices say, in Chinese and in English; `{job}` stands for the job and `{who}` for the
//! other side.

use super::Kind;
use crate::{language::Language, mail::foreign};

type Both = (&'static str, &'static str);

/// The words for a kind of notice.
pub(super) struct Words {
    /// In a list of many.
    label: Both,
    heading: Both,
    sentence: Both,
}

/// What stands for the places in the words.
pub(super) struct Names<'a> {
    pub job: &'a str,
    pub who: Option<&'a str>,
}

impl Words {
    pub fn label(&self, language: Language) -> &'static str {
        language.pick(&self.label)
    }

    pub fn heading(&self, language: Language, names: &Names<'_>) -> String {
        names.within(language, &self.heading)
    }

    pub fn sentence(&self, language: Language, names: &Names<'_>) -> String {
        names.within(language, &self.sentence)
    }
}

impl Names<'_> {
    fn within(&self, language: Language, text: &Both) -> String {
        let job = match (foreign(self.job), language) {
            (Some(title), Language::ZhTw) => format!("「{title}」"),
            (Some(title), Language::En) => format!("“{title}”"),
            (None, _) => language.pick(&("一件工作", "a job")).into(),
        };
        let who = self.who.and_then(foreign);
        let who = who.unwrap_or_else(|| language.pick(&("對方", "the other side")).into());
        let text = language.pick(text);
        // In one pass, so that a title that looks like a place stays a title.
        let parts: Vec<_> = text.split("{job}").map(|part| part.replace("{who}", &who)).collect();
        capitalised(&parts.join(&job))
    }
}

/// The text with a capital at its beginning: a name may stand there.
fn capitalised(text: &str) -> String {
    let mut characters = text.chars();
    let first = characters.next().into_iter().flat_map(char::to_uppercase);
    first.chain(characters).collect()
}

/// Why one gets such a mail.
pub(super) const REASON: Both = (
    "您收到這封郵件，是因為您在「找幫手」刊登或應徵的工作有新的動態。",
    "You received this mail because of a job that you posted or applied for.",
);

/// What mails of many notices say: the heading, the sentence and the button.
pub(super) const MANY: [Both; 3] = [
    ("您有 {n} 則新通知", "{n} new notices"),
    ("以下是您的工作最近的動態：", "This is what happened to your jobs:"),
    ("查看所有通知", "See all notices"),
];

/// How many notices a mail of many leaves out.
pub(super) const MORE: Both = ("還有 {n} 則，請到網站查看。", "There are {n} more on the site.");

/// The button of a mail of one notice.
pub(super) const OPEN: Both = ("查看工作", "See the job");

/// Labels of what is told of a job.
pub(super) const JOB: Both = ("工作", "Job");
pub(super) const OTHER: Both = ("對方", "Other side");
pub(super) const AMOUNT: Both = ("報酬", "Pay");
pub(super) const DAY: Both = ("工作時間", "Time of the work");

/// The words for this kind.
#[expect(clippy::too_many_lines, reason = "a table")]
pub(super) fn words(kind: Kind) -> Words {
    let (label, heading, sentence) = match kind {
        Kind::ApplicationReceived => (
            ("新的應徵者", "New applicant"),
            ("{job}有新的應徵者", "New applicant for {job}"),
            (
                "{who}應徵了您刊登的{job}，快去看看並回覆對方吧。",
                "{who} applied to your job {job}. Have a look, and answer.",
            ),
        ),
        Kind::ApplicationAccepted => (
            ("應徵成功", "You got the job"),
            ("應徵成功：{job}", "You got the job {job}"),
            (
                "{who}選了您當{job}的幫手。聯絡方式與工作地點都在工作頁面上。",
                "{who} chose you for {job}. The site shows how to reach each other, and the address.",
            ),
        ),
        Kind::ApplicationRejected => (
            ("應徵被婉拒", "Turned down"),
            ("您對{job}的應徵已被婉拒", "Your application for {job} was turned down"),
            (
                "{job}這次沒有選您當幫手。謝謝您的應徵，歡迎看看其他工作。",
                "You did not get {job} this time. Thank you for applying; there are other jobs.",
            ),
        ),
        Kind::ApplicationWithdrawn => (
            ("撤回應徵", "Application withdrawn"),
            ("{job}有一位應徵者撤回了應徵", "An application for {job} was withdrawn"),
            ("{who}撤回了對{job}的應徵。", "{who} withdrew the application for {job}."),
        ),
        Kind::JobChanged => (
            ("工作內容變更", "Job changed"),
            ("{job}的內容有變更", "{job} has changed"),
            (
                "您應徵的{job}內容有變更，請看看是否仍然適合您。",
                "{job}, which you applied for, has changed. Please see whether it still suits you.",
            ),
        ),
        Kind::JobCancelled => (
            ("工作已取消", "Job cancelled"),
            ("{job}已取消", "{job} was cancelled"),
            ("{job}已取消，不會進行。", "{job} was cancelled and will not take place."),
        ),
        Kind::JobReleased => (
            ("取消媒合", "Match ended"),
            ("{who}取消了{job}的媒合", "{who} ended the match for {job}"),
            (
                "{who}在工作開始前取消了{job}的媒合，這件工作已重新開放應徵。",
                "{who} ended the match for {job} before the start. The job is open for applications again.",
            ),
        ),
        Kind::JobExpiresTomorrow => (
            ("即將截止", "Closes tomorrow"),
            ("{job}明天截止", "{job} closes tomorrow"),
            (
                "{job}還沒找到幫手，再過一天就會截止下架。您可以延長截止時間，或從應徵者中選一位。",
                "No helper was found for {job} yet, and in a day it is taken off the board. You can extend it, or choose an applicant.",
            ),
        ),
        Kind::JobExpired => (
            ("已截止", "Closed"),
            ("{job}已截止", "{job} has closed"),
            (
                "{job}沒有找到幫手，已經截止下架。您可以再刊登一次。",
                "No helper was found for {job}, and it is off the board now. You can post it again.",
            ),
        ),
        Kind::ScheduledTomorrow => (
            ("明天開始", "Begins tomorrow"),
            ("提醒您：{job}明天開始", "Reminder: {job} begins tomorrow"),
            (
                "再過一天就是{job}約定的時間，請再確認一次時間與地點。",
                "The agreed time of {job} is in a day. Please check the time and the place once more.",
            ),
        ),
        Kind::WorkStarted => (
            ("開始工作", "Work began"),
            ("{job}已開始", "{job} has begun"),
            ("{job}已經開始進行。", "The work on {job} has begun."),
        ),
        Kind::ReportedDone => (
            ("回報完工", "Reported as done"),
            ("請確認{job}已完工", "Please confirm that {job} is done"),
            (
                "{who}回報{job}已完工，請確認；如果有問題，可以提出爭議。一直沒有回覆的話，工作會自動完成。",
                "{who} says that {job} is done. Please confirm it, or dispute it if something is wrong. Without an answer it is completed by itself.",
            ),
        ),
        Kind::Completed => (
            ("工作已完成", "Completed"),
            ("{job}已完成", "{job} is completed"),
            ("{job}已完成，辛苦了！", "{job} is confirmed as done."),
        ),
        Kind::Disputed => (
            ("提出爭議", "Disputed"),
            ("{job}有爭議待處理", "{job} is disputed"),
            (
                "有人對{job}提出爭議，管理員會了解情況並裁決。",
                "Somebody disputes {job}. An administrator will look at it and decide.",
            ),
        ),
        Kind::Decided => (
            ("爭議結果", "Dispute decided"),
            ("{job}的爭議已有結果", "The dispute about {job} is decided"),
            (
                "管理員已對{job}的爭議做出裁決，結果與理由寫在工作頁面上。",
                "An administrator has decided the dispute about {job}; the page of the job says how, and why.",
            ),
        ),
        Kind::StartProposed => (
            ("提議提前開始", "Earlier start proposed"),
            ("{who}提議提前開始{job}", "{who} proposes an earlier start of {job}"),
            (
                "{who}提議在約定的日子之前開始{job}，您同意後就會開始。",
                "{who} proposes to begin {job} before the agreed day; it begins once you agree.",
            ),
        ),
        Kind::CancelProposed => (
            ("提議取消", "Cancelling proposed"),
            ("{who}提議取消{job}", "{who} proposes to cancel {job}"),
            (
                "{who}提議取消已經開始的{job}，您同意後才會取消。",
                "{who} proposes to cancel {job}, which has begun; that takes your agreement.",
            ),
        ),
        Kind::ReviewToWrite => (
            ("待寫評價", "Review to write"),
            ("{job}完成了，請給個評價", "How was {job}? Write a review"),
            (
                "{job}已完成，歡迎為{who}留下評價。雙方都寫完，或完成滿 14 天後才會公開。",
                "{job} is completed: please write a review of {who}. Reviews show once both are written, or after 14 days.",
            ),
        ),
        Kind::ReviewToRead => (
            ("收到評價", "Review to read"),
            ("您收到了{job}的評價", "You got a review for {job}"),
            (
                "{who}對{job}的評價已公開，您可以回覆。",
                "The review by {who} for {job} can be read now, and you can reply.",
            ),
        ),
    };
    Words { label, heading, sentence }
}

#[cfg(test)]
mod tests {
    use sea_orm::Iterable;

    use super::*;

    #[test]
    fn every_kind_has_words_in_both_languages_without_a_place_left() {
        for kind in Kind::iter() {
            for (language, title) in
                [(Language::ZhTw, "「居家清潔」"), (Language::En, "“居家清潔”")]
            {
                let names = Names { job: "居家清潔", who: Some("小美") };
                let words = words(kind);
                let (heading, sentence) =
                    (words.heading(language, &names), words.sentence(language, &names));
                assert!(
                    heading.contains(title) && sentence.contains(title),
                    "{heading} {sentence}"
                );
                for text in [heading.as_str(), &sentence, words.label(language)] {
                    assert!(!text.contains('{') && !text.is_empty(), "{text}");
                }
            }
        }
    }

    #[test]
    fn names_are_text_and_nothing_else() {
        let names = Names { job: "{who} evil", who: Some("see evil.example") };
        let text = words(Kind::JobReleased).sentence(Language::En, &names);
        assert!(
            text.starts_with("The other side ended the match for “{who} evil” before"),
            "{text}"
        );
    }
}

//! A questionnaire of one's own: built in code, checked like any document, answered, scored.
//!
//! ```text
//! cargo run --example own_questionnaire
//! ```

#![expect(clippy::print_stdout, reason = "an example shows what it found")]

use std::error::Error;

use digital_maturity::spec::{ChoiceSpec, QuestionSpec, ScaleSpec};
use digital_maturity::{Answer, Pillar, Question, Questionnaire, QuestionnaireSpec};

fn main() -> Result<(), Box<dyn Error>> {
    // A scale that several questions share: its credits are spread evenly from 0 to 1.
    let three = ["never", "sometimes", "always"].into_iter().zip(1..);
    let three: Vec<ChoiceSpec> = three.map(|(text, value)| ChoiceSpec::new(value, text)).collect();

    let mut spec = QuestionnaireSpec::new("shop", "1.0.0", "How digital is the shop?");
    for (id, pillar, title) in [
        ("goals", Pillar::DigitalFirstMindset, "Are goals written from the customer's side?"),
        ("weekly", Pillar::AgileApproach, "Does something change for customers every week?"),
        ("trial", Pillar::CultureOfExperimentation, "Are new ideas tried on a few customers?"),
        ("one_view", Pillar::ConnectedSystems, "Do all desks see the same customer data?"),
    ] {
        let scale = ScaleSpec::Choice { choices: three.clone() };
        spec.questions.push(QuestionSpec::new(id, pillar, title, scale));
    }

    // A mistake is found before anybody answers, with its place and a stable code.
    let mut broken = spec.clone();
    for question in &mut broken.questions {
        "goals".clone_into(&mut question.id);
    }
    if let Err(errors) = Questionnaire::try_from(broken) {
        println!("a mistake: {}\n", errors.first());
    }

    let shop = Questionnaire::try_from(spec)?;
    let mut sheet = shop.sheet();
    sheet.set("goals", 3)?.set("weekly", 2)?.set("trial", 2)?.set("one_view", Answer::DontKnow)?;

    // A question that nobody could answer leaves its pillar, and so the whole, without a score.
    let assessment = sheet.assess();
    for pillar in assessment.overall().why().unwrap_or_default().iter() {
        let Some(missing) = assessment.missing(pillar) else { continue };
        let ids: Vec<&str> = missing.of.iter().map(Question::id).collect();
        let (name, ids) = (pillar.name(), ids.join(", "));
        println!("{name} has no score: answer at least {} of {ids}\n", missing.at_least);
    }

    let assessment = sheet.set("one_view", 1)?.assess();
    if let (Some(stage), Some(score)) = (assessment.stage(), assessment.score()) {
        println!("the shop is at {}, {} %", stage.name(), score.percent_floor(1));
    }
    if let Some(next) = assessment.next_stage() {
        for gap in &next.unmet {
            let what = gap.pillar.map_or("the whole", Pillar::name);
            let (stage, missing) = (next.stage.name(), gap.shortfall.unwrap_or_default());
            println!("{stage} asks for {} in {what}: {missing} is missing", gap.required);
        }
    }
    Ok(())
}

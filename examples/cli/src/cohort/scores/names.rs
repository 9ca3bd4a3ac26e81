//! What the columns of the file are called, so that no two are called alike.

use std::collections::BTreeSet;

use digital_maturity::{Pillar, Questionnaire};

use super::Shape;

/// The names of all columns. A theme that is called like a column before it, and a column that is
/// carried and called like any other, get something before their names. Upper and lower case make
/// no difference, as they make none to many who read the file.
pub(super) fn of(questionnaire: &Questionnaire, shape: &Shape, carried: &[&str]) -> Vec<String> {
    let pillars = Pillar::ALL.map(Pillar::as_str);
    let scores: Vec<&str> = ["stage", "overall"].into_iter().chain(pillars).collect();
    let reason = shape.reason.then_some("reason");
    let mut taken: BTreeSet<String> =
        ["row"].iter().chain(&scores).chain(&reason).map(|name| (*name).to_owned()).collect();
    let of_each = |what: &str, name: &str| format!("{what}.{name}");

    let themes = questionnaire.themes().iter().filter(|_| shape.themes);
    let themes: Vec<String> = themes.map(|theme| free(&mut taken, &theme.id, "theme.")).collect();
    let covered =
        pillars.into_iter().chain(themes.iter().map(String::as_str)).filter(|_| shape.coverage);
    let covered: Vec<String> = covered.map(|name| of_each("coverage", name)).collect();
    let items = questionnaire.questions().filter(|_| shape.items);
    let items: Vec<String> = items.map(|question| of_each("credit", question.id())).collect();
    taken.extend(covered.iter().chain(&items).cloned());
    let carried: Vec<String> =
        carried.iter().map(|name| free(&mut taken, name, "carried.")).collect();

    let names = ["row".to_owned()].into_iter().chain(carried);
    let names = names.chain(scores.into_iter().map(str::to_owned)).chain(themes).chain(covered);
    names.chain(reason.map(str::to_owned)).chain(items).collect()
}

/// The name, and what is to stand before it so that it is not yet taken.
fn free(taken: &mut BTreeSet<String>, name: &str, prefix: &str) -> String {
    let mut name = name.to_owned();
    while !taken.insert(name.to_lowercase()) {
        name.insert_str(0, prefix);
    }
    name
}

#[cfg(test)]
mod tests {
    use digital_maturity::{Questionnaire, QuestionnaireSpec};

    use super::super::{Format, Shape};

    fn names(questionnaire: &Questionnaire, details: bool, carried: &[&str]) -> Vec<String> {
        let shape = Shape {
            format: Format::Csv,
            carried: carried.len(),
            themes: true,
            coverage: details,
            reason: details,
            items: false,
        };
        super::of(questionnaire, &shape, carried)
    }

    #[test]
    fn no_two_columns_are_called_alike() {
        let mut spec: QuestionnaireSpec = Questionnaire::dcx_pulse().spec().clone();
        spec.themes.truncate(2);
        let old: Vec<String> = spec.themes.iter().map(|theme| theme.id.clone()).collect();
        for question in &mut spec.questions {
            question.themes.retain(|theme| old.contains(theme));
        }
        for (old, new) in old.iter().zip(["overall", "reason"]) {
            for theme in spec.themes.iter_mut().filter(|theme| theme.id == *old) {
                new.clone_into(&mut theme.id);
            }
            for theme in spec.questions.iter_mut().flat_map(|question| &mut question.themes) {
                if theme == old {
                    new.clone_into(theme);
                }
            }
        }
        let questionnaire = Questionnaire::try_from(spec).unwrap();
        let pillars = "digital_first_mindset agile_approach culture_of_experimentation \
                       connected_systems";
        let found = names(&questionnaire, false, &["id", "Stage", "reason", "id"]).join(" ");
        let expected = format!(
            "row id carried.Stage carried.reason carried.id stage overall {pillars} theme.overall reason"
        );
        assert_eq!(found, expected);

        let carried = ["row", "carried.row", "row", "coverage.agile_approach"];
        let found = names(&questionnaire, true, &carried).join(" ");
        let covered = "coverage.digital_first_mindset coverage.agile_approach \
                       coverage.culture_of_experimentation coverage.connected_systems \
                       coverage.theme.overall coverage.theme.reason";
        let expected = format!(
            "row carried.row carried.carried.row carried.carried.carried.row \
             carried.coverage.agile_approach stage overall {pillars} theme.overall theme.reason \
             {covered} reason"
        );
        assert_eq!(found, expected);
    }
}

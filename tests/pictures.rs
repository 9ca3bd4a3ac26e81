//! Pictures of cohorts: kept outputs, what can be counted in them, and names and numbers that mean harm.

use std::collections::BTreeSet;

use digital_maturity::cohort::{CohortSummary, Column, Study};
use digital_maturity::report::{CohortPicture, Report};
use digital_maturity::{Cohort, Questionnaire};
use roxmltree::{Document, Node};

use super::golden::golden;

const KEPT: &[(&str, CohortPicture)] = &[
    ("cohort_spread", CohortPicture::Spread),
    ("cohort_boxes", CohortPicture::Boxes),
    ("cohort_heat", CohortPicture::Heat),
    #[cfg(feature = "intervals")]
    ("cohort_choices", CohortPicture::Choices),
    #[cfg(feature = "intervals")]
    ("cohort_trend", CohortPicture::Trend),
];

/// A made-up wave of so many: each with a level of its own, the later the higher, and answers about it; a cell
/// in fifty is empty.
fn wave(questionnaire: &Questionnaire, number: i64, rows: usize) -> Cohort<'static> {
    let mut state = u64::try_from(number).unwrap() + 7;
    let mut below = |most: i64| {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        i64::try_from(state >> 40).unwrap() % most
    };
    let mut builder = Cohort::builder(questionnaire);
    for _ in 0..rows {
        let mut sheet = questionnaire.sheet();
        let level = 1 + (below(6) + below(6) + number) / 3;
        for question in questionnaire.questions() {
            let value = (level + below(3) - 1).clamp(1, 5);
            if below(50) == 0 {
                continue;
            }
            if sheet.set(question.id(), value).is_err() {
                let _ = sheet.set(question.id(), value > 3).map(|_| ());
            }
        }
        builder.push_sheet(&sheet).unwrap();
    }
    builder.build()
}

/// Waves put together.
struct Sample {
    all: CohortSummary,
    waves: Vec<CohortSummary>,
    #[cfg_attr(not(feature = "intervals"), expect(dead_code, reason = "of answers to questions"))]
    study: Study,
}

impl Sample {
    fn new(questionnaire: &Questionnaire, waves: &[(i64, usize)]) -> Self {
        let (mut all, mut study) = (CohortSummary::empty(questionnaire), Study::new(questionnaire));
        let mut summaries = Vec::new();
        for (number, rows) in waves {
            let cohort = wave(questionnaire, *number, *rows);
            study.add(&cohort).unwrap();
            let summary = cohort.score().summary();
            all.merge(&summary).unwrap();
            summaries.push(summary);
        }
        Self { all, waves: summaries, study }
    }

    fn report<'r>(&'r self, by: &'r str, names: &'r [String]) -> Report<'r, CohortSummary> {
        let groups = names.iter().map(String::as_str).zip(&self.waves);
        let report = self.all.report().groups(by, groups).unwrap();
        #[cfg(feature = "intervals")]
        let report = report
            .study(&self.study, [], digital_maturity::statistics::Deletion::Listwise)
            .unwrap();
        report
    }
}

fn names(names: &[&str]) -> Vec<String> {
    names.iter().map(ToString::to_string).collect()
}

#[test]
fn pictures_read_as_kept() {
    let sample = Sample::new(Questionnaire::dcx(), &[(0, 60), (2, 45), (3, 1), (4, 80)]);
    let names = names(&["2023", "2024", "2025", "2026"]);
    for language in ["en", "de"] {
        for (name, picture) in KEPT {
            let report = sample.report("wave", &names).language(language);
            let svg = report.picture_svg(*picture).to_string();
            Document::parse(&svg).unwrap();
            golden(&format!("{name}.{language}.svg"), &svg);
        }
    }
}

/// A cohort of the short questionnaire: each answers every question with the same value from 1 to 5.
fn alike(answers: &[u8]) -> Sample {
    let pulse = Questionnaire::dcx_pulse();
    let columns = pulse.questions().map(|q| Column::new(q.id(), answers).by_value());
    let cohort = Cohort::new(pulse, columns).unwrap();
    let mut study = Study::new(pulse);
    study.add(&cohort).unwrap();
    Sample { all: cohort.score().summary(), waves: Vec::new(), study }
}

/// A questionnaire with these questions and themes, all questions of one pillar, which alone counts.
fn of_one_pillar(questions: &[serde_json::Value], themes: &[serde_json::Value]) -> Questionnaire {
    let document = serde_json::json!({
        "schema": 1, "id": "one_pillar", "version": "1.0.0", "title": "t",
        "pillars": {
            "digital_first_mindset": { "weight": 0 }, "culture_of_experimentation": { "weight": 0 },
            "connected_systems": { "weight": 0 },
        },
        "questions": questions, "themes": themes,
    });
    Questionnaire::from_json(&document.to_string()).unwrap()
}

/// Shapes of that name and class, each with these attributes in hundredths of a pixel.
fn shapes(svg: &str, name: &str, class: &str, attributes: &[&str]) -> Vec<Vec<i64>> {
    let document = Document::parse(svg).unwrap();
    let found = document.descendants().filter(|node| {
        node.has_tag_name(("http://www.w3.org/2000/svg", name))
            && node.attribute("class") == Some(class)
    });
    found.map(|node| attributes.iter().map(|name| number(node, name)).collect()).collect()
}

/// An attribute in hundredths of a pixel.
fn number(node: Node<'_, '_>, name: &str) -> i64 {
    let text = node.attribute(name).unwrap();
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    format!("{whole}{part:0<2}").parse().unwrap()
}

/// The labels, with what they are cut from where they are cut.
fn labels(svg: &str) -> Vec<String> {
    let document = Document::parse(svg).unwrap();
    let texts = document.descendants().filter(|node| node.tag_name().name() == "text");
    texts.map(|text| text.text().unwrap_or_default().to_owned()).collect()
}

#[test]
fn bars_stand_where_scores_lie_and_are_as_high_as_they_are_many() {
    // Overalls 0, 0.5, 0.5 and 1: the first, eleventh and last of twenty steps of 22 pixels.
    let svg = alike(&[1, 3, 3, 5]).report("", &[]).picture_svg(CohortPicture::Spread).to_string();
    let bars = shapes(&svg, "rect", "level l5", &["x", "width", "height"]);
    assert_eq!(bars, [[2100, 2000, 7600], [24100, 2000, 15200], [43900, 2000, 7600]]);
    let labels = labels(&svg);
    for shown in ["Mean 50.0%", "Median 50.0%", "25", "50"] {
        assert!(labels.iter().any(|label| label == shown), "{shown}: {labels:?}");
    }
    // At the middle of the scale: 20 + 440 / 2.
    for class in ["mean", "median"] {
        assert_eq!(shapes(&svg, "line", class, &["x1", "x2"]), [[24000, 24000]]);
    }
}

#[test]
fn a_box_lies_between_its_quartiles() {
    // 0 to 1 in quarters: quartiles 0.25, 0.5 and 0.75 on a scale of 200 pixels from 138 on.
    let svg = alike(&[5, 4, 3, 2, 1]).report("", &[]).picture_svg(CohortPicture::Boxes).to_string();
    let boxes = shapes(&svg, "rect", "box", &["x", "width"]);
    assert_eq!(boxes, vec![vec![18800, 10000]; 4]);
    let medians = shapes(&svg, "line", "middle", &["x1", "x2"]);
    assert_eq!(medians, vec![vec![23800, 23800]; 4]);
    let whiskers = shapes(&svg, "line", "whisker", &["x1", "x2"]);
    // To 0 and to 1, each with a stroke at its end.
    let of_one = [[13800, 18800], [13800, 13800], [33800, 28800], [33800, 33800]];
    assert_eq!(whiskers, of_one.iter().cycle().take(16).map(|of| of.to_vec()).collect::<Vec<_>>());
    assert!(shapes(&svg, "circle", "beyond", &["cx"]).is_empty());
    assert!(labels(&svg).contains(&"50.0 [25.0, 75.0]".to_owned()));
    // One of nine far from the rest, whose box has no length: a dot at 1.
    let far = alike(&[3, 3, 3, 3, 3, 3, 3, 3, 5]);
    let svg = far.report("", &[]).picture_svg(CohortPicture::Boxes).to_string();
    assert_eq!(shapes(&svg, "circle", "beyond", &["cx"]), vec![vec![33800]; 4]);
}

#[test]
fn every_cell_of_a_heat_map_has_its_figure() {
    // Means 0.5, 0.125 and 1: steps of a seventh, the fourth, the first and the last.
    let sample = Sample {
        waves: vec![alike(&[1, 1, 1, 3]).all, alike(&[5]).all, alike(&[]).all],
        ..alike(&[1, 5])
    };
    let names = names(&["a", "b", "nobody"]);
    let svg = sample.report("group", &names).picture_svg(CohortPicture::Heat).to_string();
    let themes = Questionnaire::dcx_pulse().themes().len();
    for (class, figure) in
        [("level l4", "50"), ("level l1", "12"), ("level l7", "100"), ("step", "–")]
    {
        let cells = shapes(&svg, "rect", class, &["width"]);
        assert_eq!(cells, vec![vec![4400]; 5 + themes], "{class}");
        let figures = labels(&svg).into_iter().filter(|label| label == figure).count();
        assert_eq!(figures, 5 + themes, "{figure}");
    }
}

#[cfg(feature = "intervals")]
#[test]
fn bars_of_answers_are_as_long_as_each_other_and_stand_about_the_middle() {
    // One at the bottom, two in the middle, one at the top: half to each side, and so as wide as the picture.
    let svg = alike(&[1, 3, 3, 5]).report("", &[]).picture_svg(CohortPicture::Choices).to_string();
    for (class, place) in
        [("level l1", [500, 11750]), ("level l4", [12250, 23500]), ("level l7", [35750, 11750])]
    {
        let pieces = shapes(&svg, "rect", class, &["x", "width"]);
        assert_eq!(pieces, vec![place.to_vec(); 12], "{class}");
    }
    // Of many answers: pieces of a question lie edge to edge and sum to the length that all have.
    let sample = Sample::new(Questionnaire::dcx_pulse(), &[(1, 97)]);
    let svg = sample.report("", &[]).picture_svg(CohortPicture::Choices).to_string();
    let document = Document::parse(&svg).unwrap();
    let pieces = document
        .descendants()
        .filter(|node| node.attribute("class").is_some_and(|class| class.starts_with("level ")));
    let mut bars: Vec<(i64, i64, i64)> = Vec::new();
    for piece in pieces {
        let [x, y, width] = ["x", "y", "width"].map(|name| number(piece, name));
        match bars.last_mut() {
            Some((of, end, long)) if *of == y => {
                assert_eq!(*end, x);
                (*end, *long) = (x + width, *long + width);
            }
            _ => bars.push((y, x + width, width)),
        }
    }
    assert_eq!(bars.len(), 12);
    assert!(bars.iter().all(|(_, _, long)| *long == bars[0].2), "{bars:?}");
}

#[cfg(feature = "intervals")]
#[test]
fn answers_of_a_list_of_items_and_of_many_bands_stand_in_fifths() {
    let bands: Vec<_> = (0..=10)
        .map(|at| serde_json::json!({ "from": at, "credit": f64::from(at) / 10.0 }))
        .collect();
    let items: Vec<_> =
        (0..10).map(|at| serde_json::json!({ "id": format!("i{at}"), "text": "t" })).collect();
    let questions = [
        serde_json::json!({
            "id": "m", "pillar": "agile_approach", "title": "m",
            "scale": { "kind": "measure", "unit": "u", "bands": bands },
        }),
        serde_json::json!({
            "id": "c", "pillar": "agile_approach", "title": "c",
            "scale": { "kind": "checklist", "items": items },
        }),
    ];
    let questionnaire = of_one_pillar(&questions, &[]);
    let mut builder = Cohort::builder(&questionnaire);
    for number in 0..=10_i64 {
        let mut sheet = questionnaire.sheet();
        sheet.set("m", f64::from(i32::try_from(number).unwrap())).unwrap();
        let ticked = (0..number).map(|at| format!("i{at}")).collect();
        sheet.set("c", digital_maturity::Answer::Items(ticked)).unwrap();
        builder.push_sheet(&sheet).unwrap();
    }
    let cohort = builder.build();
    let mut study = Study::new(&questionnaire);
    study.add(&cohort).unwrap();
    let sample = Sample { all: cohort.score().summary(), waves: Vec::new(), study };
    let svg = sample.report("", &[]).picture_svg(CohortPicture::Choices).to_string();
    // Credits 0 to 1 in tenths: two in each fifth, and three in the last, which has 1, too.
    for (class, share) in
        [("level l1", 2), ("level l2", 2), ("level l4", 2), ("level l5", 2), ("level l7", 3)]
    {
        let pieces = shapes(&svg, "rect", class, &["width"]);
        assert_eq!(pieces.len(), 2, "{class}");
        for piece in pieces {
            // 5 of 11 lie to the left and 6 to the right: all of the picture, each edge rounded down.
            assert!((piece[0] - 47_000 * share / 11).abs() <= 2, "{class} {piece:?}");
        }
    }
}

#[cfg(feature = "intervals")]
#[test]
fn a_wave_has_an_interval_from_two_on_and_it_ends_with_the_scale() {
    // 0.25 and 0.75: 0.5 -+ 12.7 * 0.25 is beyond both ends.
    let sample = Sample {
        waves: vec![alike(&[2, 4]).all, alike(&[4]).all, alike(&[]).all, alike(&[3, 3]).all],
        ..alike(&[2, 4, 4, 3, 3])
    };
    let names = names(&["a", "b", "c", "d"]);
    let svg = sample.report("", &names).picture_svg(CohortPicture::Trend).to_string();
    let strokes = shapes(&svg, "line", "whisker", &["x1", "y1", "x2", "y2"]);
    // Of each panel six: two waves, each with a line and its ends.
    assert_eq!(strokes.len(), 5 * 6);
    // Its panel is from 72 to 152, and a quarter of 420 pixels from 52 on is 105 wide.
    assert_eq!(strokes[0], [10450, 15200, 10450, 7200]);
    assert_eq!(strokes[3], [41950, 11200, 41950, 11200]); // alike: no wider than a point
    // Between the second and the fourth nothing is known: one line alone.
    assert_eq!(shapes(&svg, "line", "now", &["x1", "x2"]), vec![vec![10450, 20950]; 5]);
    assert_eq!(shapes(&svg, "circle", "now dot", &["cx"]).len(), 5 * 3);
}

/// Names that mean harm, or are long.
fn hostile_names(count: usize) -> Vec<String> {
    let harm = [
        "</text><script>alert(1)</script>".to_owned(),
        "\u{202e}evil\u{0}\u{1b}[31m\n".to_owned(),
        "\"&'<![CDATA[".to_owned(),
        "W".repeat(100_000),
        String::new(),
        "\u{5d0}\u{5d1}\u{5d2}".repeat(40),
        "class=\"bar\" x".to_owned(),
    ];
    harm.into_iter().cycle().take(count).collect()
}

#[test]
fn nothing_lies_outside_a_picture_whatever_the_cohort() {
    let pulse = Questionnaire::dcx_pulse();
    let many = Sample::new(pulse, &(0..500).map(|at| (at % 6, 1)).collect::<Vec<_>>());
    let nobody = Sample::new(pulse, &[(0, 0)]);
    let one = Sample::new(pulse, &[(1, 1)]);
    let some = Sample::new(Questionnaire::dcx(), &[(0, 30), (2, 30)]);
    let extreme = Sample { waves: vec![alike(&[1]).all, alike(&[5]).all], ..alike(&[1, 5]) };
    for (about, sample) in
        [("500", &many), ("nobody", &nobody), ("one", &one), ("some", &some), ("ends", &extreme)]
    {
        let names = hostile_names(sample.waves.len());
        let by = "</text><script>".repeat(20);
        for (name, picture) in KEPT {
            for language in ["en", "de"] {
                let report = sample.report(&by, &names).language(language);
                let svg = report.picture_svg(*picture).to_string();
                assert!(svg.len() < 400_000, "{about} {name}: {}", svg.len());
                inside(&svg, &format!("{about} {name}"));
            }
        }
    }
}

/// That a picture has a name and words, nothing that runs, and all shapes in it.
fn inside(svg: &str, about: &str) {
    let document = Document::parse(svg).unwrap();
    let root = document.root_element();
    assert_eq!(root.attribute("role"), Some("img"));
    let of = |name: &str| {
        let child = root.children().find(|node| node.tag_name().name() == name).unwrap();
        assert!(!child.text().unwrap_or_default().is_empty(), "{about}: {name}");
        child.attribute("id").unwrap()
    };
    let named = format!("{} {}", of("title"), of("desc"));
    assert_eq!(root.attribute("aria-labelledby"), Some(named.as_str()));
    let [width, height] = ["width", "height"].map(|name| number(root, name));
    let known = ["svg", "title", "desc", "style", "rect", "line", "circle", "text"];
    for node in document.descendants().filter(Node::is_element) {
        let tag = node.tag_name().name();
        assert!(known.contains(&tag), "{about}: <{tag}>");
        let on = |names: &[&str], most: i64| {
            for name in names {
                let place = number(node, name);
                assert!((0..=most).contains(&place), "{about}: <{tag}> {name} {place}");
            }
        };
        match tag {
            "rect" if node.attribute("x").is_some() => {
                on(&["x", "width"], width);
                on(&["y", "height"], height);
                assert!(number(node, "x") + number(node, "width") <= width, "{about}");
            }
            "line" => {
                on(&["x1", "x2"], width);
                on(&["y1", "y2"], height);
            }
            "circle" => {
                on(&["cx"], width);
                on(&["cy"], height);
            }
            "text" => {
                on(&["x"], width);
                on(&["y"], height);
            }
            _ => {}
        }
    }
}

#[test]
fn what_has_no_room_is_counted() {
    let pulse = Questionnaire::dcx_pulse();
    let many = Sample::new(pulse, &(0..500).map(|at| (at % 6, 1)).collect::<Vec<_>>());
    let names: Vec<String> = (0..500).map(|at| format!("group {at}")).collect();
    let left = |picture| {
        let said = labels(&many.report("by", &names).picture_svg(picture).to_string()).join(" ");
        let (_, rest) = said.split_once("Groups that are not shown: ").unwrap();
        rest.split_once('.').unwrap().0.parse::<u32>().unwrap()
    };
    assert_eq!((left(CohortPicture::Boxes), left(CohortPicture::Heat)), (500 - 12, 500 - 9));
    #[cfg(feature = "intervals")]
    assert_eq!(left(CohortPicture::Trend), 500 - 24);
    // The last waves are those that are shown.
    #[cfg(feature = "intervals")]
    {
        let svg = many.report("by", &names).picture_svg(CohortPicture::Trend).to_string();
        assert!(svg.contains(">group 499<") && svg.contains(">group 476<"));
        assert!(!svg.contains("group 475"));
    }
}

#[test]
fn questions_and_themes_beyond_what_a_picture_holds_are_counted() {
    let questions: Vec<_> = (0..200)
        .map(|at| {
            serde_json::json!({
                "id": format!("q{at}"), "pillar": "agile_approach", "title": format!("Question {at}"),
                "scale": { "kind": "yes_no" }, "themes": [format!("t{at}")],
            })
        })
        .collect();
    let themes: Vec<_> = (0..200)
        .map(|at| {
            let family = format!("f{}", at / 2);
            serde_json::json!({ "id": format!("t{at}"), "family": family, "title": format!("Theme {at}") })
        })
        .collect();
    let questionnaire = of_one_pillar(&questions, &themes);
    let sample = Sample::new(&questionnaire, &[(1, 3)]);
    let svg = sample.report("", &[]).picture_svg(CohortPicture::Heat).to_string();
    let shown = labels(&svg).iter().filter(|label| label.starts_with("Theme ")).count();
    assert!((40..=75).contains(&shown), "{shown}");
    let said = labels(&svg).join(" ");
    assert!(said.contains(&format!("Rows that are not shown: {}.", 200 - shown)), "{said}");
    #[cfg(feature = "intervals")]
    {
        let svg = sample.report("", &[]).picture_svg(CohortPicture::Choices).to_string();
        let shown = labels(&svg).iter().filter(|label| label.starts_with("Question ")).count();
        assert_eq!(shown, 60);
        assert!(labels(&svg).join(" ").contains("Rows that are not shown: 140."));
    }
}

#[test]
fn without_anybody_a_picture_says_so() {
    let nobody = Sample::new(Questionnaire::dcx_pulse(), &[]);
    for (name, picture) in KEPT {
        let svg = nobody.report("", &[]).picture_svg(*picture).to_string();
        let said = match *name {
            "cohort_spread" => "Nobody in the cohort has an overall score.",
            "cohort_trend" => "There is nothing to show.",
            _ => "–",
        };
        assert!(labels(&svg).iter().any(|label| label == said), "{name}: {:?}", labels(&svg));
    }
    #[cfg(feature = "intervals")]
    {
        let report = nobody.all.report().picture_svg(CohortPicture::Choices).to_string();
        assert!(labels(&report).contains(&"There is nothing to show.".to_owned()));
    }
}

#[test]
fn a_page_holds_the_pictures_that_are_wanted_each_under_its_own_name() {
    let sample = Sample::new(Questionnaire::dcx_pulse(), &[(0, 5), (1, 5)]);
    let names = names(&["a", "b"]);
    let report = sample.report("group", &names);
    assert!(!report.html().to_string().contains("<svg"));
    let report = report.pictures(KEPT.iter().map(|(_, picture)| *picture)).id_prefix("mine-");
    let page = report.html().to_string();
    let document = Document::parse(page.strip_prefix("<!DOCTYPE html>").unwrap()).unwrap();
    let ids: Vec<&str> = document.descendants().filter_map(|node| node.attribute("id")).collect();
    assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len());
    let titles = ids.iter().filter_map(|id| id.strip_prefix("mine-")?.strip_suffix("-title"));
    // Long ones come in parts: `heat-1`, `heat-2`.
    let mut drawn: Vec<&str> = titles.filter_map(|name| name.split('-').next()).collect();
    drawn.dedup();
    let wanted: Vec<&str> =
        KEPT.iter().filter_map(|(name, _)| name.strip_prefix("cohort_")).collect();
    assert_eq!(drawn, wanted);
    assert!(ids.iter().all(|id| id.starts_with("mine-")), "{ids:?}");
    // Texts have none, and say the same otherwise.
    assert_eq!(report.text().to_string(), sample.report("group", &names).text().to_string());
}

#[cfg(feature = "intervals")]
#[test]
fn levels_are_named_where_all_questions_have_the_same() {
    let drawn = |reversed: bool, other: &str| {
        let scale = |last: &str| {
            serde_json::json!({ "kind": "choice", "choices": [
                { "value": 1, "text": "No <b>" }, { "value": 2, "text": "Partly" },
                { "value": 3, "text": last } ] })
        };
        let question = |id: &str, last: &str| {
            serde_json::json!({
                "id": id, "pillar": "agile_approach", "title": id, "scale": scale(last),
                "reverse": reversed,
            })
        };
        let questionnaire = of_one_pillar(&[question("a", "Yes"), question("b", other)], &[]);
        let sample = Sample::new(&questionnaire, &[(0, 4)]);
        let svg = sample.report("", &[]).picture_svg(CohortPicture::Choices).to_string();
        let said = labels(&svg);
        said.into_iter().filter(|label| ["No <b>", "Partly", "Yes"].contains(&&**label)).collect()
    };
    let same: Vec<String> = drawn(false, "Yes");
    assert_eq!(same, ["No <b>", "Partly", "Yes"]);
    // From the least credit to the most.
    let reversed: Vec<String> = drawn(true, "Yes");
    assert_eq!(reversed, ["Yes", "Partly", "No <b>"]);
    assert_eq!(drawn(false, "Always"), Vec::<String>::new());
}

#[test]
fn on_a_page_long_pictures_come_in_parts_that_fit_on_a_sheet() {
    let sample = Sample::new(Questionnaire::dcx(), &[(0, 9); 14]);
    let names: Vec<String> = (0..14).map(|at| format!("group {at}")).collect();
    let report = sample.report("group", &names);
    for (name, picture) in KEPT {
        let page = report.clone().pictures([*picture]).html().to_string();
        let document = Document::parse(page.strip_prefix("<!DOCTYPE html>").unwrap()).unwrap();
        let pictures: Vec<Node<'_, '_>> =
            document.descendants().filter(|node| node.tag_name().name() == "svg").collect();
        let words = |of: Node<'_, '_>| {
            let desc = of.children().find(|node| node.tag_name().name() == "desc").unwrap();
            desc.text().unwrap_or_default().to_owned()
        };
        // 110 millimetres wide on paper, and no higher than what A4 leaves of 297.
        for picture in &pictures {
            let [width, height] = ["width", "height"].map(|name| number(*picture, name));
            assert!(height * 110 <= 257 * width, "{name}: {height} of {width}");
        }
        let expected = match *name {
            "cohort_boxes" | "cohort_heat" => 2,
            "cohort_choices" => 4,
            _ => 1,
        };
        assert_eq!(pictures.len(), expected, "{name}");
        // What is said of the parts is what is said of the whole, and once.
        let parts: Vec<String> = pictures.iter().map(|picture| words(*picture)).collect();
        let whole = report.picture_svg(*picture).to_string();
        let whole = Document::parse(&whole).unwrap();
        assert_eq!(parts.join("; "), words(whole.root_element()), "{name}");
    }
}

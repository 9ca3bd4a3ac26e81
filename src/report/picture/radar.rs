//! The radar: four pillars on four axes, the stages as rings. Four axes need no trigonometry.

use super::drawing::{Anchor, Drawing, Px, Style, fits, room};
use crate::number::Score;
use crate::pillar::{Pillar, PillarMap};
use crate::questionnaire::Ladder;
use crate::report::escape::wrapped;
use crate::stage::Stage;
use crate::words::Words;

const CENTRE: (Px, Px) = (Px::whole(240), Px::whole(190));
const RADIUS: Px = Px::whole(140);
/// What stands between the names of a legend.
const GAP: &str = " \u{2002}";

/// One result on the radar.
pub(in crate::report) struct Layer {
    /// `earlier`, `target` or `now`.
    pub(in crate::report) class: &'static str,
    pub(in crate::report) name: String,
    pub(in crate::report) scores: PillarMap<Option<Score>>,
}

/// What lies between two ends in each pillar: the middle half of a cohort, what the voices of a panel allow.
pub(in crate::report) struct Band {
    pub(in crate::report) name: String,
    pub(in crate::report) lower: PillarMap<Score>,
    pub(in crate::report) upper: PillarMap<Score>,
}

/// What a radar shows: results laid over each other, the last of them with its figures.
pub(in crate::report) struct Radar<'r> {
    pub(in crate::report) words: &'r Words,
    pub(in crate::report) ladder: &'r Ladder,
    pub(in crate::report) band: Option<Band>,
    pub(in crate::report) layers: Vec<Layer>,
}

/// The place at that distance from the centre: axes go up, right, down and left.
fn place(pillar: Pillar, distance: Px) -> (Px, Px) {
    let (x, y) = CENTRE;
    match pillar {
        Pillar::DigitalFirstMindset => (x, y.minus(distance)),
        Pillar::AgileApproach => (x.plus(distance), y),
        Pillar::CultureOfExperimentation => (x, y.plus(distance)),
        Pillar::ConnectedSystems => (x.minus(distance), y),
    }
}

impl Radar<'_> {
    pub(in crate::report) fn draw(&self) -> Drawing {
        let mut drawing = Drawing::new(self.words, "radar", &self.words.radar, 480);
        self.rings(&mut drawing);
        if let Some(band) = &self.band {
            band.draw(&mut drawing);
        }
        for layer in &self.layers {
            layer.draw(&mut drawing);
        }
        self.ring_numbers(&mut drawing);
        for pillar in Pillar::ALL {
            self.axis_name(&mut drawing, pillar);
        }
        let below = CENTRE.1.plus(RADIUS).plus(Px::whole(72));
        let mut y = stage_legend(self.words, &mut drawing, below);
        if self.layers.len() > 1 || self.band.is_some() {
            y = y.plus(Px::whole(6));
            let layers = self.layers.iter().rev().map(|layer| (layer.class, &layer.name));
            for (class, name) in
                layers.chain(self.band.iter().map(|band| (Band::CLASS, &band.name)))
            {
                legend(&mut drawing, y, class, name);
                y = y.plus(Px::whole(22));
            }
        }
        drawing.end(y.minus(Px::whole(10)));
        drawing
    }

    /// From the outside in, each ring on top of the wider one.
    fn rings(&self, drawing: &mut Drawing) {
        let (x, y) = CENTRE;
        for stage in Stage::ALL.into_iter().rev() {
            let (number, (_, radius)) = (stage.number(), part_of_stage(self.ladder, stage, RADIUS));
            drawing.shape(format_args!(
                r#"<circle class="ring s{number}" cx="{x}" cy="{y}" r="{radius}"/>"#
            ));
        }
        for pillar in Pillar::ALL {
            drawing.line("axis", CENTRE, place(pillar, RADIUS));
        }
    }

    /// A number stands in the middle of each ring, along a diagonal, where no axis is and a shape
    /// has its waist, unless the ring is too narrow for it. What the numbers mean is said below:
    /// names in the rings would lie under the lines.
    fn ring_numbers(&self, drawing: &mut Drawing) {
        let style = Style { class: "halo muted", anchor: Anchor::Middle, size: 12 };
        let mut last: Option<Px> = None;
        for stage in Stage::ALL {
            let (from, to) = part_of_stage(self.ladder, stage, RADIUS);
            // 0.707 of the distance is the leg of the diagonal.
            let leg = Px((from.0 + to.0) / 2 * 707 / 1000);
            let narrow = last.is_some_and(|last| leg.minus(last) < Px::whole(9));
            if from == to || narrow {
                continue;
            }
            last = Some(leg);
            let at = (CENTRE.0.plus(leg), CENTRE.1.minus(leg).plus(Px::whole(4)));
            drawing.label(style, at, Px::whole(20), &stage.number().to_string());
        }
    }

    /// The name of a pillar and its score at the end of its axis.
    fn axis_name(&self, drawing: &mut Drawing, pillar: Pillar) {
        let words = self.words;
        let (x, y) = place(pillar, RADIUS.plus(Px::whole(10)));
        let reached = self.layers.last().and_then(|layer| layer.scores[pillar]);
        let score = reached.map_or_else(|| words.not_scorable.to_string(), |s| words.score(s));
        let name = words.pillar(pillar);
        let side = drawing.width().minus(CENTRE.0).minus(RADIUS).minus(Px::whole(12));
        let narrow = |text: &str| wrapped(text, room(15, side)).into_iter();
        let anchor = match pillar {
            Pillar::DigitalFirstMindset | Pillar::CultureOfExperimentation => Anchor::Middle,
            Pillar::AgileApproach => Anchor::Start,
            Pillar::ConnectedSystems => Anchor::End,
        };
        let (most, names, figures): (_, Vec<String>, Vec<String>) = match anchor {
            Anchor::Middle => (Px::whole(470), vec![name.to_owned()], vec![score.clone()]),
            Anchor::Start | Anchor::End => {
                (side, narrow(name).take(3).collect(), narrow(&score).collect())
            }
        };
        let height = i32::try_from(names.len() + figures.len()).unwrap_or(1) * 19;
        let names = names.iter().map(|line| ("ink", line));
        let figures = figures.iter().map(|line| ("strong", line));
        let mut y = y.plus(Px::whole(match pillar {
            Pillar::DigitalFirstMindset => 15 - height,
            Pillar::CultureOfExperimentation => 14,
            Pillar::AgileApproach | Pillar::ConnectedSystems => 14 - height / 2,
        }));
        for (class, line) in names.chain(figures) {
            drawing.label(Style { class, anchor, size: 15 }, (x, y), most, line);
            y = y.plus(Px::whole(19));
        }
        drawing.describe(&format!("{name}: {score}"));
        if let Some(reached) = reached {
            drawing.describe(words.stage(self.ladder.own_stage(reached)));
        }
    }
}

impl Layer {
    /// The shape, if all four pillars have a score; else the sides between those that have one.
    fn draw(&self, drawing: &mut Drawing) {
        let at = |pillar| Some(place(pillar, RADIUS.share(self.scores[pillar]?)));
        let points: Vec<_> = Pillar::ALL.into_iter().map(at).collect();
        let class = self.class;
        let known: Option<Vec<String>> =
            points.iter().map(|point| point.map(|(x, y)| format!("{x},{y}"))).collect();
        if let Some(known) = known {
            let known = known.join(" ");
            drawing.shape(format_args!(r#"<polygon class="{class}" points="{known}"/>"#));
        } else {
            for (from, to) in points.iter().zip(points.iter().cycle().skip(1)) {
                if let (Some(from), Some(to)) = (from, to) {
                    drawing.line(class, *from, *to);
                }
            }
        }
        for (x, y) in points.into_iter().flatten() {
            drawing.shape(format_args!(r#"<circle class="{class} dot" cx="{x}" cy="{y}" r="4"/>"#));
        }
    }
}

impl Band {
    const CLASS: &'static str = "others";

    /// A ring: the even-odd rule leaves out what is within the lower quartiles.
    fn draw(&self, drawing: &mut Drawing) {
        let outline = |scores: &PillarMap<Score>| {
            let points = Pillar::ALL.map(|pillar| {
                let (x, y) = place(pillar, RADIUS.share(scores[pillar]));
                format!("{x},{y}")
            });
            format!("M{}Z", points.join("L"))
        };
        let (class, upper, lower) = (Self::CLASS, outline(&self.upper), outline(&self.lower));
        drawing.shape(format_args!(
            r#"<path class="{class}" fill-rule="evenodd" d="{upper}{lower}"/>"#
        ));
    }
}

/// A line of a legend: how it is drawn, and what it is.
fn legend(drawing: &mut Drawing, y: Px, class: &'static str, name: &str) {
    let (from, to) = (Px::whole(150), Px::whole(190));
    let middle = y.minus(Px::whole(5));
    if class == Band::CLASS {
        let top = middle.minus(Px::whole(6));
        drawing.rectangle(class, (from, top), (to.minus(from), Px::whole(12)));
    } else {
        drawing.line(class, (from, middle), (to, middle));
    }
    let style = Style { class: "ink", anchor: Anchor::Start, size: 14 };
    drawing.label(style, (Px::whole(200), y), Px::whole(270), name);
}

/// Where the part of a stage begins and ends on a way that is as long as the whole ladder.
pub(in crate::report) fn part_of_stage(ladder: &Ladder, stage: Stage, length: Px) -> (Px, Px) {
    let begin = |stage| length.share(ladder.requirement(stage).overall);
    (begin(stage), stage.next().map_or(length, begin))
}

/// The stages with their numbers; where the last line ends.
pub(in crate::report) fn stage_legend(words: &Words, drawing: &mut Drawing, mut y: Px) -> Px {
    let with_number = |stage: Stage| {
        // No break between a number and its name.
        format!("{}\u{a0}{}", stage.number(), words.stage(stage).replace(' ', "\u{a0}"))
    };
    let style = Style { class: "muted", anchor: Anchor::Middle, size: 12 };
    let (middle, most) = (Px(drawing.width().0 / 2), drawing.width().minus(Px::whole(10)));
    // On one line, or else on two, which then are about as long as each other.
    let all: Vec<String> = Stage::ALL.into_iter().map(with_number).collect();
    let (first, second) = if fits(style, most, &all.join(GAP)) {
        (all.as_slice(), [].as_slice())
    } else {
        all.split_at(3)
    };
    for line in [first, second] {
        if !line.is_empty() {
            drawing.label(style, (middle, y), most, &line.join(GAP));
            y = y.plus(Px::whole(20));
        }
    }
    y
}

//! The fewest of many conditions that weights can meet at once, or leave unmet: an exact search of
//! the cells into which planes cut the space of weights.
//!
//! Two units have the same mean where the weights lie on a plane through 0, whose normal is the
//! difference of their scores. On one side of it the one is above, on the other side the other. What
//! is sought is the least cost of any weights, all of them above 0: for each plane, what its side
//! costs; on a plane itself nothing, or nothing better than the sides, as [`Ties`] says.
//!
//! # The search
//!
//! It begins with the cone of all weights and no plane decided. A plane that a cone does not cross
//! costs the same all over it and is decided. Another cuts the cone in two, and each part is searched
//! in turn. A part is dropped as soon as what is decided costs as much as the best weights found so
//! far. When all planes are decided, the cone is where a new best was found.
//!
//! *Why it is exact.* Parts are closed: the part on a side contains the plane, too, and counts the
//! cost of that side for it, which is never less than the true cost where ties are free. So no cone
//! costs less than some weights within it do. And any weights lie in that part, in every cut, which
//! counts their true cost. Where ties are not free, least costs are found off all planes, and only
//! parts with an inside are searched.
//!
//! *The numbers.* A cone is given by its edges, each the meeting of three planes: of those given and
//! of those where a weight is 0. The edge of a part is computed from three planes again and never
//! from other edges. Normals are within 1e9 in each of four places, so that the places of an edge
//! (determinants of three rows) are within 4e27, and the side on which an edge lies (a determinant of
//! four rows, within 16 times 1e36) fits 128 bits with a digit to spare.

/// Planes in the space of four weights.
type Normal = [i64; 4];

/// Weights, or the direction of an edge.
pub(super) type Edge = [i128; 4];

/// Where two units have the same mean, and what the two sides of that plane cost.
#[derive(Clone, Debug)]
pub(super) struct Plane {
    /// The difference of the scores. No two planes of a search have normals of which one is a
    /// multiple of the other. Every one has a place above 0 and one below.
    pub(super) normal: Normal,
    /// What it costs where the difference of the means is below 0.
    pub(super) minus: u32,
    /// What it costs where it is above 0.
    pub(super) plus: u32,
}

/// What weights on a plane cost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ties {
    /// Nothing.
    Free,
    /// As much as the dearer side, or more.
    Dear,
}

/// An edge of a cone.
#[derive(Clone, Debug)]
struct Corner {
    at: Edge,
    /// The planes on which it lies, of those that bound the cone; by their place in the list.
    on: Vec<usize>,
}

/// A part of the weights, and what is known of it.
struct Part {
    corners: Vec<Corner>,
    undecided: Vec<usize>,
    cost: u32,
}

/// A search under way.
struct Search<'p> {
    planes: &'p [Plane],
    /// The planes where a weight is 0, after those given.
    walls: [Normal; 4],
    /// Which weights there are; the others are 0.
    counting: [bool; 4],
    ties: Ties,
}

/// How the corners of a part lie about a plane.
#[derive(Clone, Copy, Default)]
struct Sides {
    minus: usize,
    plus: usize,
}

/// The least cost, if it is below `best`, and the corners of a cone of weights with that cost; it has
/// it at weights that are a sum of multiples above 0 of all corners.
pub(super) fn cheapest(
    planes: &[Plane],
    counting: [bool; 4],
    ties: Ties,
    mut best: u32,
) -> Option<(u32, Vec<Edge>)> {
    let search = Search { planes, walls: walls(), counting, ties };
    let mut found = None;
    let mut open = vec![search.whole()];
    while let Some(mut part) = open.pop() {
        let Some(cut) = search.decide(&mut part, best) else { continue };
        if let Cut::By(plane) = cut {
            search.cut(&part, plane, &mut open);
        } else {
            best = part.cost;
            found = Some((best, part.corners.into_iter().map(|corner| corner.at).collect()));
        }
    }
    found
}

/// What to do with a part that may hold better weights.
enum Cut {
    /// Cut it by that plane.
    By(usize),
    /// Nothing is left to decide.
    Done,
}

impl Search<'_> {
    fn normal(&self, plane: usize) -> &Normal {
        let wall = || self.walls.get(plane - self.planes.len());
        self.planes.get(plane).map(|plane| &plane.normal).or_else(wall).unwrap_or(&[0; 4])
    }

    /// All weights.
    fn whole(&self) -> Part {
        let first = self.planes.len();
        let corners = self.walls.iter().zip(self.counting).enumerate();
        let corners = corners.filter(|(_, (_, counts))| *counts).map(|(own, (wall, _))| Corner {
            at: wall.map(i128::from),
            on: (0..4).filter(|other| *other != own).map(|other| first + other).collect(),
        });
        Part { corners: corners.collect(), undecided: (0..first).collect(), cost: 0 }
    }

    /// Whether among the sums of the corners are weights above 0.
    fn has_weights<'c>(&self, corners: impl Iterator<Item = &'c Corner>) -> bool {
        let mut missing = self.counting;
        for corner in corners {
            for (missing, at) in missing.iter_mut().zip(corner.at) {
                *missing &= at == 0;
            }
        }
        missing == [false; 4]
    }

    /// Takes in what the part decides, and says where to cut it; `None` if no weights in it cost
    /// less than `best`.
    ///
    /// Of the undecided planes, the one with the fewest corners on its cheaper side is cut by: the
    /// cheap part is small and soon decided, and the other has become dearer.
    fn decide(&self, part: &mut Part, best: u32) -> Option<Cut> {
        let Part { corners, undecided, cost } = part;
        let mut at_least = 0;
        let mut next: Option<(usize, usize)> = None;
        undecided.retain(|&at| {
            let Some(plane) = self.planes.get(at) else { return false };
            if *cost + at_least >= best {
                return false;
            }
            let sides = sides(plane, corners);
            if !self.is_open(plane, sides, corners) {
                *cost += if sides.plus > 0 { plane.plus } else { 0 };
                *cost += if sides.minus > 0 { plane.minus } else { 0 };
                return false;
            }
            if self.ties == Ties::Dear {
                at_least += plane.minus.min(plane.plus);
            }
            let cheap = if plane.plus < plane.minus { sides.plus } else { sides.minus };
            if next.is_none_or(|(least, _)| cheap < least) {
                next = Some((cheap, at));
            }
            true
        });
        (*cost + at_least < best).then_some(match next {
            Some((_, at)) => Cut::By(at),
            None => Cut::Done,
        })
    }

    /// Whether a plane does not cost the same all over a part: it goes through it, or it touches it
    /// in a face that costs less.
    fn is_open(&self, plane: &Plane, sides: Sides, corners: &[Corner]) -> bool {
        match (sides.minus > 0, sides.plus > 0) {
            (true, true) => true,
            (false, false) => false,
            (minus, _) => {
                let costs = if minus { plane.minus > 0 } else { plane.plus > 0 };
                let on = |corner: &&Corner| side(&plane.normal, &corner.at) == 0;
                self.ties == Ties::Free && costs && self.has_weights(corners.iter().filter(on))
            }
        }
    }

    /// Cuts a part by a plane; the cheapest piece comes to lie on top.
    fn cut(&self, part: &Part, at: usize, open: &mut Vec<Part>) {
        let Some(plane) = self.planes.get(at) else { return };
        let (mut minus, mut plus, mut on) = (Vec::new(), Vec::new(), Vec::new());
        for corner in &part.corners {
            match side(&plane.normal, &corner.at) {
                0 => {
                    let mut corner = corner.clone();
                    corner.on.push(at);
                    on.push(corner);
                }
                side => if side < 0 { &mut minus } else { &mut plus }.push(corner.clone()),
            }
        }
        for one in &minus {
            for other in &plus {
                on.extend(self.between(one, other, at));
            }
        }
        let undecided = || part.undecided.iter().copied().filter(|&other| other != at).collect();
        let mut piece = |corners: Vec<Corner>, cost: u32| {
            open.push(Part { corners, undecided: undecided(), cost: part.cost + cost });
        };
        let free = |side: &[Corner], cost: u32| !side.is_empty() && cost == 0;
        let on_it = self.ties == Ties::Free
            && !free(&minus, plane.minus)
            && !free(&plus, plane.plus)
            && self.has_weights(on.iter());
        let mut sides = [(minus, plane.minus), (plus, plane.plus)];
        sides.sort_by_key(|(_, cost)| std::cmp::Reverse(*cost));
        for (mut corners, cost) in sides {
            if !corners.is_empty() {
                corners.extend(on.iter().cloned());
                piece(corners, cost);
            }
        }
        if on_it {
            piece(on, 0);
        }
    }

    /// Where a plane meets the face between two corners, if that is a face of two dimensions: if
    /// both lie on two planes that bound the part. As no normal is a multiple of another, these meet
    /// in two dimensions, and the plane, which parts the corners, in one of them.
    fn between(&self, one: &Corner, other: &Corner, at: usize) -> Option<Corner> {
        let both = |plane: &usize| other.on.contains(plane);
        let mut on: Vec<usize> = one.on.iter().copied().filter(both).collect();
        let [first, second, ..] = on.as_slice() else { return None };
        let at_all = meeting(self.normal(*first), self.normal(*second), self.normal(at));
        on.push(at);
        Some(Corner { at: at_all, on })
    }
}

const fn walls() -> [Normal; 4] {
    [[1, 0, 0, 0], [0, 1, 0, 0], [0, 0, 1, 0], [0, 0, 0, 1]]
}

fn sides(plane: &Plane, corners: &[Corner]) -> Sides {
    let mut sides = Sides::default();
    for corner in corners {
        let side = side(&plane.normal, &corner.at);
        sides.minus += usize::from(side < 0);
        sides.plus += usize::from(side > 0);
    }
    sides
}

/// On which side of a plane an edge lies: by the sign.
fn side([a0, a1, a2, a3]: &Normal, [w0, w1, w2, w3]: &Edge) -> i128 {
    i128::from(*a0) * w0 + i128::from(*a1) * w1 + i128::from(*a2) * w2 + i128::from(*a3) * w3
}

/// The direction without places below 0 in which three planes meet: the minors of their normals.
fn meeting(one: &Normal, two: &Normal, three: &Normal) -> Edge {
    let [a0, a1, a2, a3] = one.map(i128::from);
    let [b0, b1, b2, b3] = two.map(i128::from);
    let [c0, c1, c2, c3] = three.map(i128::from);
    let (m01, m02, m03) = (b0 * c1 - b1 * c0, b0 * c2 - b2 * c0, b0 * c3 - b3 * c0);
    let (m12, m13, m23) = (b1 * c2 - b2 * c1, b1 * c3 - b3 * c1, b2 * c3 - b3 * c2);
    let meeting = [
        a1 * m23 - a2 * m13 + a3 * m12,
        a2 * m03 - a0 * m23 - a3 * m02,
        a0 * m13 - a1 * m03 + a3 * m01,
        a1 * m02 - a0 * m12 - a2 * m01,
    ];
    if meeting.iter().any(|place| *place < 0) { meeting.map(|place| -place) } else { meeting }
}

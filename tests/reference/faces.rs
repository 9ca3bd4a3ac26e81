//! Best and worst ranks by an enumeration that has nothing in common with the search of the crate.

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{One, Signed, Zero};

/// The direction in which planes meet, if they meet in one: by elimination in fractions.
fn direction(planes: &[&[i128]]) -> Option<Vec<i128>> {
    let size = planes[0].len();
    let fraction = |of: &i128| BigRational::from_integer(BigInt::from(*of));
    let mut rows: Vec<Vec<BigRational>> =
        planes.iter().map(|plane| plane.iter().map(fraction).collect()).collect();
    let mut leading = Vec::new();
    for column in 0..size {
        let done = leading.len();
        let Some(row) = (done..rows.len()).find(|row| !rows[*row][column].is_zero()) else {
            continue;
        };
        rows.swap(done, row);
        let by = rows[done][column].clone();
        rows[done].iter_mut().for_each(|of| *of /= &by);
        let pivot = rows[done].clone();
        for (_, row) in rows.iter_mut().enumerate().filter(|(at, _)| *at != done) {
            let times = row[column].clone();
            row.iter_mut().zip(&pivot).for_each(|(of, pivot)| *of -= &times * pivot);
        }
        leading.push(column);
    }
    if leading.len() + 1 != size {
        return None;
    }
    let free = (0..size).find(|column| !leading.contains(column)).unwrap();
    let mut at = vec![BigRational::zero(); size];
    at[free] = BigRational::one();
    for (row, column) in leading.iter().enumerate() {
        at[*column] = -rows[row][free].clone();
    }
    let whole =
        at.iter().fold(BigInt::one(), |whole, of| least_common_multiple(&whole, of.denom()));
    Some(at.iter().map(|of| i128::try_from((of * &whole).to_integer()).unwrap()).collect())
}

fn least_common_multiple(one: &BigInt, other: &BigInt) -> BigInt {
    let both = BigRational::new(one.clone(), other.clone());
    one * both.denom()
}

/// The best and the worst rank by looking at every face of the arrangement: a face of so many
/// dimensions holds the sum of one more of its corners that do not lie in a smaller one, so that sums
/// of up to four corners of the arrangement meet all faces of all dimensions. No search, no bound.
pub(crate) fn by_faces(units: &[[u64; 4]], at: usize, counting: &[usize]) -> (u32, u32) {
    let narrow =
        |unit: &[u64; 4]| -> Vec<i128> { counting.iter().map(|p| unit[*p].into()).collect() };
    let own = narrow(&units[at]);
    let differences: Vec<Vec<i128>> = units
        .iter()
        .map(|unit| own.iter().zip(narrow(unit)).map(|(own, other)| own - other).collect())
        .collect();
    let size = counting.len();
    let walls = (0..size).map(|wall| (0..size).map(|of| i128::from(of == wall)).collect());
    let planes: Vec<Vec<i128>> = differences.iter().cloned().chain(walls).collect();
    let mut corners: Vec<Vec<i128>> = Vec::new();
    choose(planes.len(), size - 1, &mut |chosen| {
        let chosen: Vec<&[i128]> = chosen.iter().map(|plane| planes[*plane].as_slice()).collect();
        let found = if chosen.is_empty() { Some(vec![1]) } else { direction(&chosen) };
        let Some(mut corner) = found else { return };
        if corner.iter().any(Signed::is_negative) {
            corner = corner.iter().map(|of| -of).collect();
        }
        if corner.iter().all(|of| *of >= 0) && !corners.contains(&corner) {
            corners.push(corner);
        }
    });
    let (mut best, mut worst) = (u32::MAX, 0);
    for many in 1..=size {
        choose(corners.len(), many, &mut |chosen| {
            let weights: Vec<i128> = (0..size)
                .map(|of| chosen.iter().map(|corner| corners[*corner][of]).sum())
                .collect();
            if weights.iter().all(|weight| *weight > 0) {
                let lead =
                    |of: &Vec<i128>| of.iter().zip(&weights).map(|(d, w)| d * w).sum::<i128>();
                let above = differences.iter().filter(|of| lead(of) < 0).count();
                let rank = 1 + u32::try_from(above).unwrap();
                (best, worst) = (best.min(rank), worst.max(rank));
            }
        });
    }
    (best, worst)
}

/// Calls with every choice of `many` of the first whole numbers.
pub(crate) fn choose(of: usize, many: usize, with: &mut impl FnMut(&[usize])) {
    fn go(
        from: usize,
        of: usize,
        left: usize,
        chosen: &mut Vec<usize>,
        with: &mut impl FnMut(&[usize]),
    ) {
        if left == 0 {
            return with(chosen);
        }
        for next in from..of {
            chosen.push(next);
            go(next + 1, of, left - 1, chosen, with);
            chosen.pop();
        }
    }
    go(0, of, many, &mut Vec::new(), with);
}

//! The rooms of the crate and the files inside them: everything is used downwards.
//!
//! The table of the rooms is `src/lib.rs` itself: a paragraph of module declarations is a row, and
//! a module uses only modules of the rows above. Inside a room, files form no circle. A parent uses
//! its children freely, for that is what they are there for; a child that uses what its parent
//! defines depends on the parent's file, and one that uses what the parent only passes on, on the
//! file where it is defined.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use super::support::here;

/// Circles that are known and not mended yet. The list only becomes shorter.
const KNOWN: [&str; 0] = [];

/// A module or an item by its names from the root of the crate, `["cohort", "kernel", "run"]`.
type Name = Vec<String>;

/// The texts of the files by the names of their modules; the root is the empty name.
type Texts = BTreeMap<Name, String>;

/// Paths, and the name that each gets.
type Named = Vec<(Name, String)>;

/// What a file names of the crate, and what it imports under which name.
struct File {
    uses: BTreeSet<Name>,
    imports: BTreeMap<String, Name>,
}

/// The words of a source text and its signs, without comments.
fn tokens(source: &str) -> Vec<String> {
    let lines = source.lines().filter(|line| !line.trim_start().starts_with("//"));
    let mut spaced = String::new();
    for c in lines.flat_map(|line| line.split(" // ").next().unwrap_or(line).chars().chain([' '])) {
        match c {
            c if c.is_alphanumeric() || c == '_' => spaced.push(c),
            c => spaced.extend([' ', c, ' ']),
        }
    }
    spaced.replace(" :  : ", " :: ").split_whitespace().map(str::to_owned).collect()
}

/// Reads the tree of paths that begins at a token, `a::{b, c::D as E}`: each path with the name
/// that it gets. Returns where it ends.
fn tree(tokens: &[String], mut at: usize, mut path: Name, found: &mut Named) -> usize {
    let word = |at: usize| tokens.get(at).map_or("", |token| token);
    loop {
        match word(at) {
            "{" => {
                at += 1;
                while word(at) != "}" && at < tokens.len() {
                    at = tree(tokens, at, path.clone(), found);
                    at += usize::from(word(at) == ",");
                }
                return at + 1;
            }
            "*" | "self" => {}
            name => path.push(name.to_owned()),
        }
        at += 1;
        if word(at) != "::" || word(at + 1) == "<" {
            break;
        }
        at += 1;
    }
    let named = if word(at) == "as" { word(at + 1) } else { path.last().map_or("", |name| name) };
    found.push((path.clone(), named.to_owned()));
    at + 2 * usize::from(word(at) == "as")
}

impl File {
    /// Reads the text of a module. `super` is taken to stay in the room, for a module within the
    /// file, of tests mostly, is read as the file itself.
    fn read(module: &Name, source: &str, texts: &Texts) -> Self {
        let (tokens, mut at) = (tokens(source), 0);
        let (mut uses, mut imports) = (BTreeSet::new(), BTreeMap::new());
        let word = |at: usize| tokens.get(at).map_or("", |token| token);
        while at < tokens.len() {
            let (start, before) = (at, if at == 0 { "" } else { word(at - 1) });
            at += 1;
            // The path of `pub(in path)` gives, and takes nothing.
            if word(at) != "::" || before == "::" || before == "in" {
                continue;
            }
            let mut root = module.clone();
            match word(start) {
                "crate" => root.clear(),
                "self" => {}
                "super" => {
                    root.truncate(module.len().max(2) - 1);
                    while word(at + 1) == "super" {
                        root.truncate(root.len().max(2) - 1);
                        at += 2;
                    }
                }
                child => {
                    root.push(child.to_owned());
                    if !texts.contains_key(&root) {
                        continue;
                    }
                }
            }
            let mut found = Named::new();
            at = tree(&tokens, at + 1, root, &mut found);
            uses.extend(found.iter().map(|(path, _)| path.clone()));
            if before == "use" {
                imports.extend(found.into_iter().map(|(path, name)| (name, path)));
            }
        }
        Self { uses, imports }
    }
}

/// The files of the crate by their modules.
struct Crate(BTreeMap<Name, File>);

impl Crate {
    fn new(texts: &Texts) -> Self {
        let files = texts.iter().map(|(name, text)| (name.clone(), File::read(name, text, texts)));
        Self(files.collect())
    }

    /// The file in which something is defined, whatever names it was passed on under.
    fn home(&self, path: &[String], passed_on: usize) -> Option<&Name> {
        let mut file = 0;
        while file < path.len() && self.0.contains_key(&path[..=file]) {
            file += 1;
        }
        let (module, found) = self.0.get_key_value(&path[..file])?;
        match path.get(file).and_then(|item| found.imports.get(item)) {
            Some(import) if passed_on < 8 => {
                self.home(&[import, &path[file + 1..]].concat(), passed_on + 1)
            }
            _ => Some(module),
        }
    }

    /// The other files that a file uses, in its own room, without its children.
    fn beside(&self, module: &Name) -> BTreeSet<&Name> {
        let homes = self.0[module].uses.iter().filter_map(|path| self.home(path, 0));
        homes.filter(|home| home.first() == module.first() && !home.starts_with(module)).collect()
    }

    /// The files that a file needs, its own included if it is on a circle.
    fn needed(&self, module: &Name) -> BTreeSet<&Name> {
        let (mut needed, mut open) = (BTreeSet::new(), self.beside(module));
        while let Some(next) = open.pop_first() {
            if needed.insert(next) {
                open.extend(self.beside(next));
            }
        }
        needed
    }

    /// The circles of files, each as the files that need one another.
    fn circles(&self) -> BTreeSet<String> {
        let circle = |module: &Name| {
            let needed = self.needed(module).into_iter();
            let around = needed.filter(|other| self.needed(other).contains(module));
            around.map(|name| name.join("/")).collect::<Vec<_>>().join(", ")
        };
        self.0.keys().map(circle).filter(|circle| !circle.is_empty()).collect()
    }
}

/// The texts of `src`.
fn sources() -> Texts {
    let (mut folders, mut found) = (vec![(here("src"), Name::new())], Texts::new());
    while let Some((folder, parent)) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let stem = path.file_stem().unwrap().to_str().unwrap().to_owned();
            let name = if stem == "lib" { Name::new() } else { [&parent[..], &[stem]].concat() };
            if path.is_dir() {
                folders.push((path, name));
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                found.insert(name, fs::read_to_string(path).unwrap());
            }
        }
    }
    found
}

/// The row of each room, lowest first: the paragraphs of `src/lib.rs`.
fn rows() -> BTreeMap<String, usize> {
    let lib = fs::read_to_string(here("src/lib.rs")).unwrap();
    let declared = |line: &str| {
        let name = line.trim_start_matches("pub ").strip_prefix("mod ")?.strip_suffix(';')?;
        Some(name.to_owned())
    };
    let paragraphs = lib.split("\n\n").map(|text| text.lines().filter_map(declared));
    let rows = paragraphs.enumerate().flat_map(|(row, rooms)| rooms.map(move |room| (room, row)));
    rows.collect()
}

#[test]
fn no_module_uses_one_of_its_own_or_a_higher_row() {
    let (sources, rows) = (sources(), rows());
    assert!(rows.values().collect::<BTreeSet<_>>().len() >= 8, "{rows:?}");
    let (mut faults, mut edges) = (Vec::new(), 0);
    for (module, file) in Crate::new(&sources).0 {
        let Some(from) = module.first() else { continue };
        let row = rows.get(from).unwrap_or_else(|| panic!("{from} is in no row"));
        for to in file.uses.iter().filter_map(|path| path.first()).filter(|to| *to != from) {
            edges += 1;
            if rows.get(to).is_none_or(|below| below >= row) {
                faults.push(format!("{} uses {to}", module.join("/")));
            }
        }
    }
    assert!(edges > 50, "only {edges} uses were found: the test does not see the code");
    assert_eq!(faults, Vec::<String>::new());
}

#[test]
fn the_files_of_a_room_form_no_circle() {
    let mut sources = sources();
    for text in sources.values_mut() {
        text.truncate(text.find("\nmod tests {").unwrap_or(text.len()));
    }
    let circles = Crate::new(&sources).circles();
    assert_eq!(circles, KNOWN.map(str::to_owned).into());
}

#[test]
fn a_circle_is_found_through_what_a_parent_passes_on() {
    let circles = |child: &str| {
        let room = "mod a; mod b;\npub use self::{a::A as Alpha, b::B};\nstruct Own;";
        let texts = [("room", room), ("room/a", "use super::{B, b};"), ("room/b", child)];
        let name = |path: &str| path.split('/').map(str::to_owned).collect();
        let texts = texts.map(|(path, text)| (name(path), text.to_owned()));
        Crate::new(&texts.into()).circles().into_iter().collect::<Vec<_>>()
    };
    assert_eq!(circles("use super::Own;"), [""; 0]);
    assert_eq!(circles("// super::Alpha\npub(in super::super) fn b() {}"), [""; 0]);
    assert_eq!(circles("mod c { use super::B; }"), [""; 0]);
    assert_eq!(circles("use super::Alpha as First;"), ["room/a, room/b"]);
    assert_eq!(circles("fn b() { crate::room::a::run() }"), ["room/a, room/b"]);
    assert_eq!(circles("mod c { fn c() { super::super::a::run() } }"), ["room/a, room/b"]);
}

#[test]
fn the_front_door_has_at_most_47_names_and_no_logic() {
    let lib = fs::read_to_string(here("src/lib.rs")).unwrap();
    let lists = lib.split("\npub use ").skip(1).filter_map(|rest| rest.split(';').next());
    let names = lists.flat_map(|list| list.split(['{', '}', ','])).map(str::trim);
    let names = names.filter(|name| !name.is_empty() && !name.ends_with("::")).count();
    // One for test suites is behind a feature of its own, and no part of the front door; two are texts to
    // read, and hold no names.
    let others = ["pub mod testing;", "pub mod rules {}", "pub mod guide;"];
    let modules = lib.lines().filter(|line| line.starts_with("pub mod "));
    let modules = modules.filter(|line| !others.contains(line)).count();
    assert!(names >= 20 && modules >= 10 && names + modules <= 47, "{names} and {modules}");
    let logic = lib.lines().find(|line| {
        ["fn ", "struct ", "enum ", "impl "].iter().any(|word| line.starts_with(word))
    });
    assert_eq!(logic, None);
}

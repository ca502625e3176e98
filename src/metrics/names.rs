//! Values by name, in a table of fixed size.

use std::{
    hash::{BuildHasher, BuildHasherDefault, DefaultHasher},
    sync::OnceLock,
};

/// Places that are looked at for a name; if others have them all, it is counted with the rest.
const LOOKS: usize = 32;
/// What the rest is called.
pub const OTHER: &str = "other";

/// Values by name, such as kind and root field. A name is ours, never a client's; a new one takes a place for ever,
/// and one that finds none shares the value of the rest.
#[derive(Debug)]
pub struct Names<V> {
    places: Box<[OnceLock<Box<Place<V>>>]>,
    rest: V,
}

#[derive(Debug)]
struct Place<V> {
    name: [Box<str>; 2],
    value: V,
}

impl<V: Default> Names<V> {
    #[must_use]
    pub fn new(places: usize) -> Self {
        Self { places: (0..places).map(|_| OnceLock::new()).collect(), rest: V::default() }
    }

    /// The place of a name; None for the rest.
    #[must_use]
    pub fn place(&self, name: [&str; 2]) -> Option<usize> {
        let hash = BuildHasherDefault::<DefaultHasher>::default().hash_one(name);
        let length = self.places.len();
        let first = usize::try_from(hash % u64::try_from(length).ok()?).ok()?;
        (first..first + LOOKS.min(length)).map(|place| place % length).find(|place| {
            let new = || Box::new(Place { name: name.map(Box::from), value: V::default() });
            let found = &self.places[*place].get_or_init(new).name;
            *found[0] == *name[0] && *found[1] == *name[1]
        })
    }

    #[must_use]
    pub fn at(&self, place: Option<usize>) -> &V {
        let found = place.and_then(|place| self.places.get(place)?.get());
        found.map_or(&self.rest, |place| &place.value)
    }

    #[must_use]
    pub fn of(&self, name: [&str; 2]) -> &V {
        self.at(self.place(name))
    }

    /// Each name with its value, then the rest.
    pub fn iter(&self) -> impl Iterator<Item = ([&str; 2], &V)> {
        let known = self.places.iter().filter_map(OnceLock::get);
        let known = known.map(|place| ([&*place.name[0], &*place.name[1]], &place.value));
        known.chain([([OTHER, OTHER], &self.rest)])
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

    use super::{Names, OTHER};

    #[test]
    fn a_name_keeps_its_place_and_what_finds_none_is_counted_with_the_rest() {
        let names = Names::<AtomicU64>::new(8);
        for _ in 0..2 {
            for number in 0..100 {
                names.of(["query", &number.to_string()]).fetch_add(1, Relaxed);
            }
        }
        let counts: Vec<_> =
            names.iter().map(|(name, count)| (name, count.load(Relaxed))).collect();
        assert_eq!(counts.len(), 9);
        assert!(counts[..8].iter().all(|(_, count)| *count == 2), "{counts:?}");
        assert_eq!(counts[8], ([OTHER, OTHER], 2 * 92));
    }

    #[test]
    fn names_of_two_parts_are_not_confused() {
        let names = Names::<AtomicU64>::new(8);
        let places = [["a", "bc"], ["ab", "c"], ["abc", ""]].map(|name| names.place(name));
        assert!(places[0] != places[1] && places[1] != places[2] && places[0] != places[2]);
        assert_eq!(names.place(["a", "bc"]), places[0]);
    }
}

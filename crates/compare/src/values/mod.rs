//! Whether two values can both be true: a question of types, answered exactly.

pub(crate) mod place;
pub(crate) mod quantity;
pub(crate) mod time;

/// How two values of one slot stand to each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Agreement {
    /// Both can be true, and tell the same.
    Agree,
    /// Not both can be true.
    Conflict,
    /// They measure different things, or too little is known to tell.
    Unlike,
}

//! Whose words a quotation gives.

use sayso_packs::Pack;
use sayso_types::Doc;

/// Sets speaker and cue of every quotation.
pub(super) fn attribute(_doc: &mut Doc, _pack: &Pack) {}

//! Stub, to be replaced.

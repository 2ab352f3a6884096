//! What both networks are made of: int8 products on every kind of processor, linear layers, and the file of weights.

pub(crate) mod kernel;
pub(crate) mod linear;
pub(crate) mod weights;

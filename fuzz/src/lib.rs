//! Fuzz targets, in `tests/`: every parser of foreign bytes. Part of the ordinary tests, for a moment each; longer
//! with `BOLERO_RANDOM_TEST_TIME_MS=600000 cargo test --release -p sayso-fuzz -- --test-threads 1`.

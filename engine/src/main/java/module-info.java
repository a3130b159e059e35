/// The workflow engine: no I/O, no clock, no randomness, no dependency.
module dev.evergreen.engine {
  requires static transitive org.jspecify;

  exports dev.evergreen.engine;
  exports dev.evergreen.engine.testing;
}

/** The Java client of the customers and users API. */
@org.jspecify.annotations.NullMarked
module dev.vidame.sdk {
  requires static transitive org.jspecify;
  requires transitive dev.vidame.wire;
  requires transitive java.net.http;
  requires tools.jackson.core;

  exports dev.vidame.sdk;
}

/**
 * The records of the wire: resources of the customers and users API and their JSON, shared by
 * client and server.
 */
@org.jspecify.annotations.NullMarked
module dev.vidame.wire {
  requires static transitive org.jspecify;
  requires tools.jackson.core;

  exports dev.vidame.wire;
}

package dev.vidame.directory.operators;

import java.util.UUID;

/**
 * Somebody who runs the service, apart from all partners.
 *
 * @param id tells operators apart
 * @param name for people
 */
public record Operator(UUID id, String name) {}

package dev.vidame.server.tokens;

import dev.vidame.directory.partners.*;
import org.jspecify.annotations.Nullable;

/** Temp. */
public record Caller(PartnerId partner, @Nullable AgentId agent, ApplicationId application) {}

package dev.vidame.server.bulk;

import dev.vidame.directory.partners.AgentId;
import dev.vidame.directory.partners.ApplicationId;
import dev.vidame.directory.partners.PartnerId;
import java.util.function.BooleanSupplier;

/**
 * In whose name a run reads and changes accounts. Immutable.
 *
 * @param partner the agent's
 * @param agent who began it
 * @param application with what
 * @param isWelcome whether the agent may still go on: is not disabled, and has the same password
 */
public record RunAgent(
    PartnerId partner, AgentId agent, ApplicationId application, BooleanSupplier isWelcome) {}

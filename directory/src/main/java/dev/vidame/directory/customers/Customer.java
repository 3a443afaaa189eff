package dev.vidame.directory.customers;

import dev.vidame.wire.CustomerId;
import java.time.Instant;

/**
 * A customer of a partner.
 *
 * @param id the tenant
 * @param companyName for people
 * @param defaultDomain the first verified domain, lower case
 * @param createdAt when it was created
 */
public record Customer(
    CustomerId id, String companyName, String defaultDomain, Instant createdAt) {}

package dev.vidame.directory.partners;

/**
 * A partner: a reseller whose customers' accounts this server holds.
 *
 * @param id the partner; the {@code tid} of its tokens
 * @param name for people
 */
public record Partner(PartnerId id, String name) {}

/**
 * Changes of many accounts from a file: a plan that changes nothing, its application with a journal
 * beside it, what undoes it, and reports. It knows no service but by {@link
 * dev.vidame.bulk.BulkAccounts}.
 */
@org.jspecify.annotations.NullMarked
package dev.vidame.bulk;

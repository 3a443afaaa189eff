/** No statement without its tenant: a test that reads the SQL. */
@NullMarked
package dev.vidame.directory.tenancy;

import org.jspecify.annotations.NullMarked;

/** Whether the server lives and can do its work, for load balancers and orchestrators. */
@NullMarked
package dev.vidame.server.health;

import org.jspecify.annotations.NullMarked;

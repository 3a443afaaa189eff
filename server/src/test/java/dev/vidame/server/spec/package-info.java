/** Tests that follow the wire's specification table by table, over real HTTP. */
@NullMarked
package dev.vidame.server.spec;

import org.jspecify.annotations.NullMarked;

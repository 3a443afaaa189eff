@NullMarked
package dev.vidame.testkit;

import org.jspecify.annotations.NullMarked;

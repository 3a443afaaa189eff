@NullMarked
package dev.vidame.sdk;

import org.jspecify.annotations.NullMarked;

@org.jspecify.annotations.NullMarked
package dev.vidame.bulk;

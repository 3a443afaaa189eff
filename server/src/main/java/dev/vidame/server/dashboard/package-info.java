/**
 * Pages for people: customers, their accounts, and who did what. They decide nothing by themselves:
 * the route table says who may see them, and what they do is what the API does.
 */
@NullMarked
package dev.vidame.server.dashboard;

import org.jspecify.annotations.NullMarked;

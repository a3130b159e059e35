/// The list of customers and the upkeep of one.
@NullMarked
package dev.evergreen.server.customer.web;

import org.jspecify.annotations.NullMarked;

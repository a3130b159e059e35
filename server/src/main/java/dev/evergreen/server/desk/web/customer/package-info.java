/// Customers and organizations with their tickets.
@NullMarked
package dev.evergreen.server.desk.web.customer;

import org.jspecify.annotations.NullMarked;

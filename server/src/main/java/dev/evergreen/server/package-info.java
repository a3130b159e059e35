/// The product: one Spring Boot application, one package per business noun.
@NullMarked
package dev.evergreen.server;

import org.jspecify.annotations.NullMarked;

/// The page on which a customer says how we did.
@NullMarked
package dev.evergreen.server.feedback.web;

import org.jspecify.annotations.NullMarked;

/// The page kit, tried without a server.
@NullMarked
package dev.evergreen.server.platform.web;

import org.jspecify.annotations.NullMarked;

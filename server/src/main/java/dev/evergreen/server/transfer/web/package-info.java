/// The pages of imports and of the export.
@NullMarked
package dev.evergreen.server.transfer.web;

import org.jspecify.annotations.NullMarked;

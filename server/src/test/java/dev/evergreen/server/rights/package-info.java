/// Every route of the program asked as everybody who may come to it, about what is theirs and what
/// is not.
@NullMarked
package dev.evergreen.server.rights;

import org.jspecify.annotations.NullMarked;

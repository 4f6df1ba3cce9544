/** Who asks: grants and the access tokens that they give. */
@NullMarked
package dev.chartlake.spotify.auth;

import org.jspecify.annotations.NullMarked;

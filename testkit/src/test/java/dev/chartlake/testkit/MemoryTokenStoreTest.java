package dev.chartlake.testkit;

import dev.chartlake.spotify.auth.Consent;
import dev.chartlake.spotify.auth.MemoryTokenStore;
import dev.chartlake.spotify.auth.TokenStore;

class MemoryTokenStoreTest extends TokenStoreContract {

    @Override
    protected TokenStore store(Consent consent) {
        return new MemoryTokenStore(consent, "SPOTIFY_REFRESH_TOKEN", "Sign in with ./chartlake login.");
    }
}

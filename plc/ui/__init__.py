"""What pages share and rooms never see: the running database, the session, the guard, the cache, alerts."""

"""What a data steward keeps up: releases, copies of the database, keys, how long things stay, and erasure."""

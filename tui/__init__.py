"""The terminal screen: nothing stands here yet; everything that it will show is computed by `eduf`."""

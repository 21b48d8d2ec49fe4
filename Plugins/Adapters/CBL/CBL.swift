// CBL

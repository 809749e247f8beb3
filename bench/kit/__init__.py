"""What reading is worth and what it costs: speed on real pages, hostile pages, feed readers beside each other."""

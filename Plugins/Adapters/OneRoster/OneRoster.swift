// OneRoster

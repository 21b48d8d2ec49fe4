// Moodle

// What runs in the pages: Turbo, which changes pages without loading them anew, and our own elements. The bundle runs once, though a
// page that says of an error brings it anew: see "bundle" in package.json.
import "./navigation";
import "./theme";
import "./search";
import "./charts";
import "./live";
import "./checkpoints";

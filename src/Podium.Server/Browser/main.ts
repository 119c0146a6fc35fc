// What runs in the pages: Turbo, which changes pages without loading them anew, and our own elements.
import "./navigation";
import "./theme";
import "./search";
import "./charts";
import "./live";
import "./checkpoints";

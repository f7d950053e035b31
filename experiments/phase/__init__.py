"""Phase diagrams: which strategy wins where in the plane of two parameters, found with fewer runs than a full grid."""

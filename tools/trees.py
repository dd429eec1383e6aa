"""Trees, spanning trees and Steiner trees."""

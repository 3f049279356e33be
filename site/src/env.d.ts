declare namespace App {
  interface Locals {
    /** The course of this page, as its addresses name it; undefined on pages of the whole site. */
    course?: string;
    /** The step of this page, for its title; undefined on other pages. */
    courseStep?: { id: string /** HTML. */; title: string };
  }
}

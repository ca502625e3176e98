//! Relay connections over the pages of the domain.

use std::{borrow::Cow, sync::Arc};

use async_graphql::{
    ContextSelectionSet, Object, ObjectType, OutputType, Positioned, ServerResult, TypeName, Value,
    connection::PageInfo, parser::types::Field, registry::Registry,
};
use futures_util::future::try_join_all;

use crate::{
    domain::{
        Services,
        store::page::{Page, PageInput, Position},
    },
    graphql::engine::written::{self, Writer, Written},
};

/// A connection of `Node`s with the extra fields `Fields`, such as `totalCount`.
pub struct Connected<Node, Fields> {
    edges: Vec<Edge<Node>>,
    has_next: bool,
    has_previous: bool,
    fields: Fields,
}

/// An item of a page and its place in the list.
pub struct Edge<Node> {
    node: Node,
    cursor: Cursor,
}

/// The items of a page. The engine's own list would truncate the path of an error within an item.
pub(super) struct Items<'a, T>(pub Vec<&'a T>);

/// A position in a list; only encoded if the cursor is selected.
struct Cursor {
    services: Arc<Services>,
    list: &'static str,
    position: Position,
    pin: Option<Position>,
}

impl Cursor {
    fn seal(&self) -> String {
        self.position.seal_with(self.pin, &self.services.keys, self.list)
    }
}

/// One page of a list.
#[Object(name_type)]
impl<Node: Written, Fields: ObjectType> Connected<Node, Fields> {
    /// Where the page stands in its list.
    async fn page_info(&self) -> PageInfo {
        PageInfo {
            has_previous_page: self.has_previous,
            has_next_page: self.has_next,
            start_cursor: self.edges.first().map(|edge| edge.cursor.seal()),
            end_cursor: self.edges.last().map(|edge| edge.cursor.seal()),
        }
    }

    /// The items of the page, each with its cursor.
    async fn edges(&self) -> Items<'_, Edge<Node>> {
        Items(self.edges.iter().collect())
    }

    /// The items of the page.
    async fn nodes(&self) -> Items<'_, Node> {
        Items(self.edges.iter().map(|edge| &edge.node).collect())
    }

    #[graphql(flatten)]
    fn fields(&self) -> &Fields {
        &self.fields
    }
}

/// An item of a page and its place in the list.
#[Object(name_type)]
impl<Node: Written> Edge<Node> {
    /// The item.
    async fn node(&self) -> &Node {
        &self.node
    }

    /// The item's place, for `after` and `before`.
    async fn cursor(&self) -> String {
        self.cursor.seal()
    }
}

impl<Node: Written> Written for Edge<Node> {
    const READY: &'static [(&'static str, Writer<Self>)] = &[
        ("node", |edge, ctx, json| written::object::<Node>(Some(&edge.node), ctx, json)),
        ("cursor", |edge, ctx, json| written::leaf(edge.cursor(ctx), json)),
    ];
}

impl<T: Written> OutputType for Items<'_, T> {
    fn type_name() -> Cow<'static, str> {
        <Vec<T>>::type_name()
    }

    fn qualified_type_name() -> String {
        <Vec<T>>::qualified_type_name()
    }

    fn create_type_info(registry: &mut Registry) -> String {
        <Vec<T>>::create_type_info(registry)
    }

    async fn resolve(
        &self,
        ctx: &ContextSelectionSet<'_>,
        field: &Positioned<Field>,
    ) -> ServerResult<Value> {
        if let Some(written) = written::list(&self.0, ctx) {
            return Ok(written);
        }
        let item =
            async |(index, item): (usize, &&T)| item.resolve(&ctx.with_index(index), field).await;
        let items = self.0.iter().enumerate().map(item);
        Ok(Value::List(try_join_all(items).await?))
    }
}

impl<Node: Written, Fields: ObjectType> TypeName for Connected<Node, Fields> {
    fn type_name() -> Cow<'static, str> {
        format!("{}Connection", Node::type_name()).into()
    }
}

impl<Node: OutputType> TypeName for Edge<Node> {
    fn type_name() -> Cow<'static, str> {
        format!("{}Edge", Node::type_name()).into()
    }
}

/// A page as a connection; `list` and `position` make the cursors.
pub(in crate::graphql) fn connection<Row, Node, Fields>(
    services: &Arc<Services>,
    list: &'static str,
    page: Page<Row>,
    position: impl Fn(&Row) -> Position,
    node: impl Fn(Row) -> Node,
    fields: Fields,
) -> Connected<Node, Fields> {
    let pin = page.pin;
    let edge = |row| {
        let cursor = Cursor { services: services.clone(), list, position: position(&row), pin };
        Edge { cursor, node: node(row) }
    };
    Connected {
        has_next: page.has_next,
        has_previous: page.has_previous,
        edges: page.rows.into_iter().map(edge).collect(),
        fields,
    }
}

/// The four arguments of a connection.
pub(in crate::graphql) fn page_input(
    first: Option<i32>,
    after: Option<String>,
    last: Option<i32>,
    before: Option<String>,
) -> PageInput {
    PageInput { first: first.map(i64::from), after, last: last.map(i64::from), before }
}
